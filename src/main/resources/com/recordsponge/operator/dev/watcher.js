// Runs a watcher of the front end, such as jest, once the modules are installed and again when they are others.
let modules = null;
let suites = 0;
let counts = null; // of this run of the command

function tests(line) {
  const text = line.replace(/\u001b\[[0-9;]*[A-Za-z]/g, "").trim();
  const count = (word) => Number((text.match(new RegExp("(\\d+) " + word)) || [0, 0])[1]);
  if (/^Test Suites: /.test(text)) suites = count("failed");
  if (!/^Tests: /.test(text)) return;
  const failed = Math.max(count("failed"), suites);
  counts = [count("passed"), failed];
  result(failed === 0, ...counts);
}

function ended(how) {
  const [passed, failed] = counts || [];
  result(how === "code 0" && !failed, passed, failed);
}

function result(good, passed, failed) {
  const before = [values.result, values.passed, values.failed];
  const next = [good ? "passed" : "failed", passed, failed];
  if (JSON.stringify(before) === JSON.stringify(next)) return;
  const at = new Date().toISOString().replace(/\.\d+Z/, "Z");
  report({ result: next[0], passed, failed, at });
}

async function step() {
  if (child && modules !== installed()) await stop();
  modules = installed();
  if (!child && modules === wanted() && version() !== ran) {
    [suites, counts] = [0, null];
    start(process.env, tests, ended);
  }
}

supervise(step);
