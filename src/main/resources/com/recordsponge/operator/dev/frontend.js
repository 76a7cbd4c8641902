// Runs the front end's development server: installs its modules when the lock file changes, starts it again when its
// configuration does. RECORDSPONGE_BACKEND is host:port of the back end.
const OWN = [...MOUNTED, "node_modules", "build"];
const CONFIGURES = /^(package(-lock)?\.json|tsconfig.*\.json|\.env.*|\.npmrc)$/;
const WATCHES = 8192;
const RETRY = 30000;
const PORT = Number(process.env.PORT) || 3000; // as react-scripts reads it
const copied = new Set();
let retryAt = 0;
let last = "";

// Copies the files beside src and public, and links the folders. Returns whether node must start again.
function copyTop() {
  let changed = false;
  const update = (name, change) => {
    change();
    changed = changed || CONFIGURES.test(name);
  };
  for (const name of copied) {
    if (fs.existsSync(path.join(source, name))) continue;
    copied.delete(name);
    update(name, () => fs.rmSync(path.join(target, name), { force: true }));
  }
  let unreadable = null;
  for (const entry of fs.readdirSync(source, { withFileTypes: true })) {
    const [from, to] = [path.join(source, entry.name), path.join(target, entry.name)];
    if (OWN.includes(entry.name)) continue;
    if (!entry.isFile()) {
      if (!exists(to)) fs.symlinkSync(from, to);
    } else if (!isReadable(from)) {
      unreadable = unreadable || ["FileUnreadable", from];
    } else if (!fs.existsSync(to) || !read(from).equals(read(to))) {
      copied.add(entry.name);
      update(entry.name, () => fs.writeFileSync(to, read(from)));
    }
  }
  problem("unreadable", unreadable);
  removeLinks();
  return changed;
}

// Also of a link that leads nowhere: existsSync follows it.
const exists = (file) => fs.lstatSync(file, { throwIfNoEntry: false }) !== undefined;

function isReadable(file) {
  try {
    fs.accessSync(file, fs.constants.R_OK);
    return true;
  } catch (error) {
    return error.code === "ENOENT";
  }
}

// Links to what the tree no longer has.
function removeLinks() {
  for (const entry of fs.readdirSync(target, { withFileTypes: true })) {
    if (!entry.isSymbolicLink() || OWN.includes(entry.name)) continue;
    const link = path.join(target, entry.name);
    const wanted = path.join(source, entry.name);
    if (fs.readlinkSync(link) === wanted && !exists(wanted)) fs.unlinkSync(link);
  }
}

// Installs what the lock file names, once: the volume keeps it. With a lock file out of step the old modules go on serving.
async function install() {
  const locked = fs.existsSync(path.join(source, "package-lock.json"));
  if (!locked) fs.rmSync(path.join(target, "package-lock.json"), { force: true }); // as npm install writes it
  const lock = wanted();
  const [code, words] = await npm(locked ? "ci" : "install", "--no-audit", "--no-fund");
  if (code === 0) {
    fs.writeFileSync(stamp, lock);
    return problem("modules", null);
  }
  retryAt = Date.now() + RETRY;
  const lines = words.split("\n").map((text) => text.replace(/^npm (ERR!|error) ?/, "").trim());
  const reason = words.includes("EUSAGE") ? "LockFileOutOfSync" : "InstallFailed";
  problem("modules", [reason, lines.find((text) => text && !/^code /.test(text)) || "npm ended with code " + code]);
}

function npm(...words) {
  return new Promise((resolve) => {
    let output = "";
    const process_ = spawn("npm", words, { cwd: target });
    for (const stream of [process_.stdout, process_.stderr]) {
      stream.on("data", (data) => {
        process.stdout.write(data);
        output = (output + data).slice(-65536);
      });
    }
    process_.on("error", (error) => resolve([1, error.message]));
    process_.on("close", (code) => resolve([code, output]));
  });
}

// Whether the kernel still has watches for this user; webpack misses changes without a word when it has none.
function canWatch() {
  const limit = Number(read("/proc/sys/fs/inotify/max_user_watches").toString() || WATCHES);
  try {
    fs.watch(target, () => {}).close();
    return limit >= WATCHES;
  } catch (error) {
    return false;
  }
}

function environment() {
  const poll = canWatch() ? {} : { WATCHPACK_POLLING: "true", CHOKIDAR_USEPOLLING: "true" };
  report({ polling: Object.keys(poll).length > 0 || undefined });
  return { ...process.env, ...poll };
}

// react-scripts proxies to the address in package.json, and src/setupProxy.js to the back end's usual port: this program
// forwards connections from there to the back end.
const [BACKEND, BACKEND_PORT] = process.env.RECORDSPONGE_BACKEND.split(":");
const PROXIED = "expungeservice"; // leads here
const forwarded = new Set([PORT]); // node's own
let proxied = null;

function forward() {
  let proxy = null;
  try {
    proxy = new URL(JSON.parse(read(path.join(source, "package.json"))).proxy);
  } catch (error) {
    // None, or it is being edited.
  }
  listen(Number(BACKEND_PORT));
  if (proxy) listen(Number(proxy.port) || 80);
  const host = proxy ? proxy.hostname : PROXIED;
  if (host === proxied) return;
  proxied = host;
  if (host === PROXIED) return problem("proxy", null);
  dns.lookup(host, (error) => {
    if (proxied !== host) return;
    problem("proxy", error ? ["ProxyHostNotFound", host] : null);
    if (error) setTimeout(() => (proxied = null), RETRY);
  });
}

function listen(number) {
  if (forwarded.has(number)) return;
  forwarded.add(number);
  net.createServer((incoming) => {
    const outgoing = net.connect(Number(BACKEND_PORT), BACKEND);
    for (const [one, other] of [[incoming, outgoing], [outgoing, incoming]]) {
      one.on("error", () => other.destroy()).on("close", () => other.destroy()).pipe(other);
    }
  }).on("error", (error) => console.error(error.message)).listen(number, "127.0.0.1");
}

// Webpack's first compilation of a change takes some times as long as the next. What it loads for that is loaded before
// somebody waits for it: each of two requests makes it compile again, with the same result.
const REPEATED = 2;
let repeats = 0;

function compileAgain() {
  if (repeats++ >= REPEATED) return;
  const request = { host: "127.0.0.1", port: PORT, path: "/webpack-dev-server/invalidate" };
  http.get(request, (response) => response.resume()).on("error", () => {}); // Another kind of server.
}

function line(text) {
  last = text.trim() || last;
  if (/Compiled /.test(text)) compileAgain();
}

async function step() {
  const changed = copyTop();
  forward();
  if (changed) await stop();
  if (installed() !== wanted() && (changed || Date.now() > retryAt)) await install();
  if (!child && installed() !== "" && (changed || version() !== ran)) {
    problem("command", null);
    repeats = 0;
    start(environment(), line, (how) => problem("command", ["FrontendEnded", how + ": " + last]));
  }
}

supervise(step);
