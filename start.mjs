// From nothing to a live portal and a training model: npm start [-- --no-train]
// This file runs on the machine's own Node and uses nothing but Node until the packages are there; then it
// goes on, as the same file, on the Node that the project pins.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import {
  checkMachine,
  generateClient,
  installPackages,
  pinnedNode,
  QUIET,
  runsOnPinnedNode,
} from "./prisma/start/install.mjs";
import { inheritLock, takeLock } from "./prisma/start/lock.mjs";
import { endProcess, isAlive } from "./prisma/start/processes.mjs";
import { complain, line, StartError, say } from "./prisma/start/progress.mjs";
import { endSteps } from "./prisma/start/run-step.mjs";

const HELP = `Starts everything: database, portal and a trainer with the demo recipe.

  npm start                 then open http://localhost:3000
  npm start -- --no-train   the portal only
  npm start -- --help       this text

Environment:
  PORT          the portal's port (3000)
  HOST          the address it listens on (0.0.0.0: all)
  DATA_DIR      where everything is kept (.data)
  DATABASE_URL  a Postgres of your own instead of the embedded one
  RECIPE        what the trainer trains (demo)

Ctrl-C stops trainer (it writes a checkpoint), portal and database; a second Ctrl-C stops them at once.
A second start goes on with the same run where it was.`;

/** Set for the process that goes on with a lock that its parent took. */
const INHERITED = "CPM_START_INHERITED";
/** A terminal sends Ctrl-C to every process of the group and npm sends it again: within this time it is one. */
const SAME_SIGNAL_MS = 800;

const began = Date.now() - Math.round(performance.now());
const stop = { asked: 0, last: 0, handler: (/** @type {boolean} */ _hard) => undefined };

process.chdir(import.meta.dirname);
try {
  await main();
} catch (error) {
  if (stop.asked > 0) {
    say("  Stopped."); // What a signal broke off is no failure.
  } else {
    complain(error);
  }
  process.exitCode = stop.asked > 0 ? 130 : 1;
}

async function main() {
  const settings = readSettings();
  if (settings === null) {
    return;
  }
  Object.assign(process.env, QUIET);
  delete process.env.NODE_ENV; // npm, Next and the portal each know better which one they need.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, onSignal);
  }
  const first = process.env[INHERITED] === undefined;
  const lock = first ? await prepare(settings) : inheritLock(settings.dataDir);
  try {
    const fresh = first && (await install());
    if (stop.asked > 0) {
      return;
    }
    if (first && (fresh || !runsOnPinnedNode())) {
      lock.handOver();
      process.exitCode = await goOnPinned();
    } else {
      // When the parent is gone nobody would be left to stop us. The channel itself must not keep us alive.
      process.on("disconnect", onSignal);
      process.channel?.unref();
      const { runEverything } = await import("./prisma/start/run-everything.ts");
      await runEverything({
        ...settings,
        lock,
        began: settings.began,
        onStop: (handler) => {
          stop.handler = handler;
          return stop.asked > 0;
        },
      });
    }
  } finally {
    lock.release();
  }
}

function readSettings() {
  let flags;
  try {
    ({ values: flags } = parseArgs({
      options: {
        "no-train": { type: "boolean" },
        recipe: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }));
  } catch (error) {
    throw new StartError(`${error.message}\n\n${HELP}`);
  }
  if (flags.help === true) {
    say(HELP);
    return null;
  }
  const port = Number(process.env.PORT || "3000");
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new StartError(`PORT is ${process.env.PORT}; it must be a number from 1 to 65535.`);
  }
  return {
    port,
    host: process.env.HOST || "0.0.0.0",
    dataDir: resolve(process.env.DATA_DIR || ".data"),
    databaseUrl: process.env.DATABASE_URL || null,
    environment: process.env,
    recipe: flags.recipe ?? (process.env.RECIPE || "demo"),
    train: flags["no-train"] !== true,
    began: Number(process.env[INHERITED] ?? began),
  };
}

/** Takes the lock, ends what a killed start left behind, and makes sure of the port, before anything long. */
async function prepare({ dataDir, port, host }) {
  say("CPM-Live");
  checkMachine();
  const { lock, left } = takeLock(dataDir);
  try {
    for (const [name, known] of Object.entries(left)) {
      if (isAlive(known)) {
        line("left behind", `ending the ${name} of a killed start (process ${known.pid})`);
        await endProcess(known, { patienceMs: 30_000 });
      }
    }
    await checkPort(port, host);
  } catch (error) {
    lock.release();
    throw error;
  }
  return lock;
}

async function install() {
  const fresh = await installPackages(process.env.npm_execpath);
  await generateClient();
  return fresh;
}

async function checkPort(port, host) {
  const failure = await new Promise((done) => {
    const probe = createServer();
    probe.once("error", done);
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => done(null)));
  });
  if (failure?.code === "EADDRINUSE") {
    throw new StartError(
      `Port ${port} is taken by another program. Stop it, or choose another port:  PORT=${port === 65_535 ? 3001 : port + 1} npm start`,
    );
  }
  if (failure) {
    throw new StartError(`The portal cannot listen on ${host}:${port}: ${failure.message}`);
  }
}

/** This file again on the pinned Node, until it ends. */
async function goOnPinned() {
  const child = spawn(pinnedNode(), [import.meta.filename, ...process.argv.slice(2)], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, [INHERITED]: String(began) },
  });
  stop.handler = () => {
    child.kill("SIGTERM");
  };
  return await new Promise((done) => {
    child.on("exit", (code) => done(code ?? 1));
  });
}

function onSignal() {
  const now = Date.now();
  if (now - stop.last < SAME_SIGNAL_MS) {
    return;
  }
  stop.last = now;
  stop.asked += 1;
  endSteps("SIGTERM");
  stop.handler(stop.asked > 1);
}
