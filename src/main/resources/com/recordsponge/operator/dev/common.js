// What the programs of a developer's front end share: they run a command, and report their state as one line of JSON to
// whoever connects. Needs only node.
//
// Arguments: PORT COMMAND... Variables: RECORDSPONGE_SOURCE is the folder with package.json, src and public;
// RECORDSPONGE_TARGET is a writable folder in which src, public and node_modules are mounted.
const crypto = require("crypto");
const dns = require("dns");
const fs = require("fs");
const http = require("http");
const net = require("net");
const path = require("path");
const { spawn } = require("child_process");

const [port, ...command] = process.argv.slice(1).filter((word) => word !== "--");
const source = process.env.RECORDSPONGE_SOURCE;
const mount = path.dirname(path.dirname(source));
const target = process.env.RECORDSPONGE_TARGET;
const stamp = path.join(target, "node_modules", ".recordsponge-installed");
const POLL = 1000;
const PATIENCE = 5000; // for a command that is to end
const LONGEST = 300; // characters of a text in a report; the operator reads no report that is too long
const MOUNTED = ["src", "public"];
const values = {};
// Each with its detail, the most harmful first: the tree, the command, what prepares it, what only lags behind.
const problems = { tree: null, command: null, files: null, modules: null, unreadable: null, proxy: null };
let child = null;
let ran = null;

const report = (more) => Object.assign(values, more);
const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file) : Buffer.alloc(0));

// Sets what one of them found wrong; null if nothing is.
function problem(finder, found) {
  problems[finder] = found;
  const [reason, detail] = Object.values(problems).find(Boolean) || [];
  report({ problem: reason, detail });
}
function serve() {
  net.createServer((socket) => {
    socket.on("error", () => {});
    const cut = (_, value) => (typeof value === "string" ? value.slice(0, LONGEST) : value);
    socket.end(JSON.stringify(values, cut) + "\n");
  }).listen(Number(port));
}

// Whether a folder was deleted: its mount shows it without a link and empty, whatever now has its name.
function isDeleted(folder) {
  try {
    return fs.statSync(folder).nlink === 0;
  } catch (error) {
    return false;
  }
}

// What is wrong with the source tree, if anything is.
function flaw() {
  if (isDeleted(mount)) return ["SourceReplaced", mount];
  for (const name of ["", ...MOUNTED, "package.json"]) {
    const wanted = path.join(source, name);
    try {
      fs.accessSync(wanted, fs.constants.R_OK);
    } catch (error) {
      return [error.code === "ENOENT" ? "SourceFolderNotFound" : "SourceUnreadable", wanted];
    }
  }
  for (const name of MOUNTED) {
    const [mounted, present] = [path.join(target, name), path.join(source, name)].map((folder) => fs.statSync(folder));
    if (mounted.nlink === 0 || mounted.ino !== present.ino) return ["SourceReplaced", path.join(source, name)];
  }
  return null;
}

const wanted = () =>
  crypto.createHash("sha256").update(read(path.join(source, "package.json")))
    .update(read(path.join(source, "package-lock.json"))).digest("hex");
const installed = () => read(stamp).toString();

// Changes with every change of a file below src and of package.json.
function version() {
  const hash = crypto.createHash("sha256").update(wanted());
  const walk = (folder) => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) walk(file);
      else if (fs.existsSync(file)) hash.update(file + fs.statSync(file).mtimeMs);
    }
  };
  walk(path.join(target, "src"));
  return hash.digest("hex");
}

// Starts the command; tells each of its lines, and how it ended.
function start(environment, line, ended) {
  ran = version();
  const process_ = spawn(command[0], command.slice(1), { cwd: target, env: environment, detached: true });
  child = process_;
  let rest = "";
  for (const stream of [process_.stdout, process_.stderr]) {
    stream.on("data", (data) => {
      process.stdout.write(data);
      const lines = (rest + data).split("\n");
      rest = lines.pop();
      lines.forEach(line);
    });
  }
  process_.on("error", (error) => {
    console.error(error.message);
    line(error.message);
  });
  process_.on("close", (code, signal) => {
    if (child !== process_) return;
    child = null;
    ended(signal || "code " + code);
  });
}

function signal(process_, name) {
  try {
    process.kill(-process_.pid, name);
  } catch (error) {
    // It has ended.
  }
}

// Ends the command and what it started, and waits until their port is free again.
async function stop() {
  const old = child;
  child = null;
  ran = null;
  if (!old) return;
  await new Promise((resolve) => {
    const timer = setTimeout(() => {
      signal(old, "SIGKILL");
      resolve();
    }, PATIENCE);
    old.on("close", () => {
      clearTimeout(timer);
      resolve();
    });
    signal(old, "SIGTERM");
  });
}

// Why the tree could not be read or copied: its own rights, or what the system says.
function failure(error) {
  const file = (error.path || "").replace(target + "/", source + "/");
  return error.code === "EACCES" ? ["SourceUnreadable", file] : ["PreparationFailed", error.message];
}

// Serves the report, and repeats a step as long as the tree is as it must be.
function supervise(step) {
  let busy = false;
  let last = null;
  const look = async () => {
    const found = flaw();
    problem("tree", found);
    if (found) return;
    await step();
    last = null;
    problem("files", null);
  };
  // A file that is just being replaced is gone for a moment: only what is wrong twice is reported.
  const failed = (error) => {
    if (last === error.message) problem("files", failure(error));
    else console.error(error.message);
    last = error.message;
  };
  for (const signal of ["SIGTERM", "SIGINT"]) {
    process.on(signal, () => {
      stop();
      process.exit(0);
    });
  }
  serve();
  setInterval(() => {
    if (busy) return;
    busy = true;
    look().catch(failed).finally(() => (busy = false));
  }, POLL);
}
