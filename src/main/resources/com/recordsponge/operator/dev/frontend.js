// Runs the front end's development server: installs its modules when the lock file changes, starts it again when its
// configuration does. RECORDSPONGE_BACKEND is host:port of the back end.
const OWN = [...MOUNTED, "node_modules", "build"];
const CONFIGURES = /^(package(-lock)?\.json|tsconfig.*\.json|\.env.*|\.npmrc)$/;
const WATCHES = 8192;
const RETRY = 30000;
const copied = new Set();
let retryAt = 0;

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
  for (const entry of fs.readdirSync(source, { withFileTypes: true })) {
    const [from, to] = [path.join(source, entry.name), path.join(target, entry.name)];
    if (OWN.includes(entry.name)) continue;
    if (!entry.isFile()) {
      if (!fs.existsSync(to)) fs.symlinkSync(from, to);
    } else if (!fs.existsSync(to) || !read(from).equals(read(to))) {
      copied.add(entry.name);
      update(entry.name, () => fs.writeFileSync(to, read(from)));
    }
  }
  return changed;
}

// Installs what the lock file names, once: the volume keeps it. With a lock file out of step the old modules go on serving.
async function install() {
  const locked = fs.existsSync(path.join(target, "package-lock.json"));
  const lock = wanted();
  report({ state: "installing" });
  const [code, words] = await npm(locked ? "ci" : "install", "--no-audit", "--no-fund");
  if (code === 0) {
    fs.writeFileSync(stamp, lock);
    return problem(undefined, undefined);
  }
  retryAt = Date.now() + RETRY;
  const lines = words.split("\n").map((text) => text.replace(/^npm (ERR!|error) ?/, "").trim());
  const reason = words.includes("EUSAGE") ? "LockFileOutOfSync" : "InstallFailed";
  problem(reason, lines.find((text) => text && !/^code /.test(text)) || "npm ended with code " + code);
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

// react-scripts proxies to the address in package.json, where this program forwards connections to the back end.
function forward() {
  let proxy = null;
  try {
    proxy = new URL(JSON.parse(read(path.join(source, "package.json"))).proxy);
  } catch (error) {
    return;
  }
  const [host, backend] = process.env.RECORDSPONGE_BACKEND.split(":");
  net.createServer((incoming) => {
    const outgoing = net.connect(Number(backend), host);
    for (const [one, other] of [[incoming, outgoing], [outgoing, incoming]]) {
      one.on("error", () => other.destroy()).on("close", () => other.destroy()).pipe(other);
    }
  }).on("error", (error) => console.error(error.message)).listen(Number(proxy.port) || 80, "127.0.0.1");
}

function line(text) {
  if (/Compiled (successfully|with warnings)/.test(text)) report({ state: "compiled" });
  else if (/Failed to compile/.test(text)) report({ state: "failed" });
}

async function step() {
  const changed = copyTop();
  if (changed) stop();
  if (installed() !== wanted() && (changed || Date.now() > retryAt)) await install();
  if (!child && installed() !== "" && (changed || version() !== ran)) {
    report({ state: "starting" });
    start(environment(), line, () => report({ state: "ended" }));
  }
}

forward();
supervise(step);
