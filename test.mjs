// All tests from nothing: npm test [-- --only check|unit|db|e2e]
// Runs on the machine's own Node until the packages are there, then goes on with the Node that the project pins.
// The steps run one after another, and the last line is the sum: N passed, N failed (, N skipped).
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildPages } from "./prisma/start/build-pages.mjs";
import {
  checkMachine,
  generateClient,
  installPackages,
  pinnedNode,
  QUIET,
} from "./prisma/start/install.mjs";
import { complain, line, StartError, say, step } from "./prisma/start/progress.mjs";
import { endSteps, runStep } from "./prisma/start/run-step.mjs";

const HELP = `Runs every check and test.

  npm test                     everything
  npm test -- --only check     format, types, boundaries, dead code
  npm test -- --only unit      or db, or e2e (in Chromium, against a build)`;

/** Each check and the script of package.json that runs it. @type {Record<string, string>} */
const CHECKS = {
  "format and lint": "check:format",
  types: "check:types",
  boundaries: "check:boundaries",
  "dead code": "check:dead",
};
const PROJECTS = ["unit", "db", "e2e"];

const sum = { passed: 0, failed: 0, skipped: 0 };
/** What went wrong, told again at the end, where people look. @type {string[]} */
const failures = [];
/** @type {import("node:child_process").ChildProcess | null} */
let current = null;
let interrupted = false;

process.chdir(import.meta.dirname);
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    interrupted = true;
    endSteps("SIGTERM");
    current?.kill("SIGTERM");
  });
}
try {
  await main();
} catch (error) {
  complain(error);
  failures.push(error instanceof StartError ? "setting up" : String(error));
  sum.failed += 1;
}
if (failures.length > 0) {
  say(`\nFailed: ${failures.join(", ")}`);
}
const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : "";
say(`${sum.passed} passed, ${sum.failed} failed${skipped}`);
process.exitCode = sum.failed > 0 ? 1 : 0;

async function main() {
  const only = readOnly();
  if (only === null) {
    return;
  }
  Object.assign(process.env, QUIET);
  delete process.env.NODE_ENV;
  checkMachine();
  await installPackages(process.env.npm_execpath);
  await generateClient();
  // Whatever a test starts by name finds the project's tools and Node first.
  process.env.PATH = `${resolve("node_modules/.bin")}${delimiter}${process.env.PATH ?? ""}`;

  const wants = (/** @type {string} */ part) => only === "" || only === part;
  if (wants("check")) {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
    for (const [name, script] of Object.entries(CHECKS)) {
      await check(name, scripts[script]);
    }
  }
  for (const project of PROJECTS.filter(wants)) {
    if (!interrupted) {
      await (project === "e2e" ? browserTests() : tests(project));
    }
  }
  if (interrupted) {
    throw new StartError("Broken off.");
  }
}

/** The part asked for, "" for all, null when only the help was wanted. */
function readOnly() {
  let values;
  try {
    ({ values } = parseArgs({
      options: { only: { type: "string" }, help: { type: "boolean", short: "h" } },
    }));
  } catch (error) {
    throw new StartError(`${error.message}\n\n${HELP}`);
  }
  if (values.help === true) {
    say(HELP);
    return null;
  }
  const only = values.only ?? "";
  if (!["", "check", ...PROJECTS].includes(only)) {
    throw new StartError(`--only knows check, unit, db and e2e, not "${only}".\n\n${HELP}`);
  }
  return only;
}

async function check(name, command) {
  if (interrupted) {
    return;
  }
  say(`\n── ${name}`);
  count(name, (await runShown(command, [], true)) === 0);
}

function count(name, good) {
  sum.passed += good ? 1 : 0;
  sum.failed += good ? 0 : 1;
  if (!good) {
    failures.push(name);
  }
}

async function browserTests() {
  say("\n── build");
  try {
    await findChromium();
    await buildPages();
    count("build", true);
  } catch (error) {
    complain(error);
    count("build", false);
    return;
  }
  await tests("e2e");
}

/** Runs a project of vitest, output as it comes, and counts its tests. */
async function tests(project) {
  say(`\n── ${project} tests`);
  const folder = mkdtempSync(join(tmpdir(), "cpm-live-report-"));
  const file = join(folder, "report.json");
  try {
    const code = await runShown(pinnedNode(), [
      "node_modules/vitest/vitest.mjs",
      "run",
      `--project=${project}`,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
    ]);
    const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
    const failed = report.numFailedTests ?? 0;
    sum.passed += report.numPassedTests ?? 0;
    sum.skipped += (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
    // A file that cannot be loaded, or an error outside any test, has no failed test to its name.
    sum.failed += code !== 0 ? Math.max(1, failed) : failed;
    if (code !== 0) {
      failures.push(`${project} tests`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a command with its output shown; its exit code. */
async function runShown(command, args, shell = false) {
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"], shell });
  current = child;
  const code = await new Promise((done) => {
    child.on("error", () => done(1));
    child.on("exit", (status) => done(status ?? 1));
  });
  current = null;
  return code;
}

/** Finds a Chromium for the browser tests, or installs Debian's where that is possible; sets CHROME_PATH. */
async function findChromium() {
  const found = chromium();
  if (found !== undefined) {
    line("chromium", found);
    process.env.CHROME_PATH = found;
    return;
  }
  const advice =
    "The browser tests need Chromium or Chrome. Install one (Debian: apt-get install chromium; macOS: brew install --cask google-chrome), or set CHROME_PATH to its program.";
  if (process.getuid?.() !== 0 || onPath("apt-get") === undefined) {
    throw new StartError(advice);
  }
  process.env.DEBIAN_FRONTEND = "noninteractive";
  await step("chromium", "installing Debian's package", async () => {
    const failure = `Debian's package could not be installed. ${advice}`;
    await runStep("apt-get", ["update", "-q"], { failure });
    await runStep("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], {
      failure,
    });
    return "installed";
  });
  const installed = chromium();
  if (installed === undefined) {
    throw new StartError(advice);
  }
  process.env.CHROME_PATH = installed;
}

function chromium() {
  const given = process.env.CHROME_PATH;
  if (given && !existsSync(given)) {
    throw new StartError(`CHROME_PATH is ${given}, and there is no such program.`);
  }
  const names = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
  ];
  const places = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  ];
  const candidates = [given, ...names.map(onPath), ...places];
  // A name alone proves nothing: Ubuntu's `chromium-browser` may be a note that says where to get it.
  return candidates.find((path) => path && existsSync(path) && answersVersion(path));
}

/** @param {string} name */
function onPath(name) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** @param {string} path */
function answersVersion(path) {
  return spawnSync(path, ["--version", "--no-sandbox"], { timeout: 30_000 }).status === 0;
}
