// A process kept running: started again with growing pauses when it ends by itself, its last words shown.
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { setPriority } from "node:os";
import { lastLines, openLog, sizeOf, turnLog } from "./log-file.ts";
import { endProcess, know } from "./processes.mjs";
import { line, say, seconds } from "./progress.mjs";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** A process that ran this long was well: the next pause is short again. */
const HEALTHY_MS = 60_000;
const LOW_PRIORITY = 10;

export type Supervision = {
  name: string;
  command: string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Yields the processor to everything else. */
  lowPriority?: boolean;
  /** True when an end by itself with code 0 means that its work is done. */
  mayFinish?: boolean;
  onPid: (pid: number | undefined) => void;
};

export type Supervised = {
  /** How often it ended without being asked. */
  crashes(): number;
  /** Ends it; true when it ended by itself within `patienceMs`. */
  stop(patienceMs: number): Promise<boolean>;
};

export function supervise(options: Supervision): Supervised {
  let stopping = false;
  let crashes = 0;
  let pauseMs = FIRST_PAUSE_MS;
  let timer: NodeJS.Timeout | undefined;
  let pid: number | undefined;
  const turning = setInterval(() => turnLog(options.logFile), 60_000);

  const start = () => {
    const from = sizeOf(options.logFile);
    const began = Date.now();
    const child = launch(options);
    pid = child.pid;
    options.onPid(pid);
    child.once("error", (error) => line(options.name, `cannot be started: ${error.message}`));
    child.once("exit", (code, signal) => {
      pid = undefined;
      options.onPid(undefined);
      if (stopping) {
        return;
      }
      if (code === 0 && options.mayFinish === true) {
        line(options.name, "has finished its work");
        return;
      }
      crashes += 1;
      pauseMs = Date.now() - began > HEALTHY_MS ? FIRST_PAUSE_MS : pauseMs;
      line(
        options.name,
        `ended unasked (${signal ?? `code ${code}`}); starting it again in ${seconds(pauseMs)}. Its last lines:`,
      );
      for (const text of lastLines(options.logFile, from, 12)) {
        say(`    ${text}`);
      }
      timer = setTimeout(() => {
        line(options.name, "starting again");
        start();
      }, pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    });
  };

  start();
  return {
    crashes: () => crashes,
    stop: async (patienceMs) => {
      stopping = true;
      clearTimeout(timer);
      clearInterval(turning);
      return pid === undefined || (await endProcess(know(pid), { patienceMs }));
    },
  };
}

function launch({ command, env, logFile, lowPriority }: Supervision): ChildProcess {
  const [program = process.execPath, ...args] = command;
  const log = openLog(logFile);
  const child = spawn(program, args, {
    // A group of its own, so that Ctrl-C in the terminal reaches the starter alone, which stops in order.
    detached: true,
    stdio: ["ignore", log, log],
    env,
  });
  closeSync(log);
  if (lowPriority === true && child.pid !== undefined) {
    lower(child.pid);
  }
  return child;
}

/** Right after the start, while the process has one thread, which the later ones inherit from. */
function lower(pid: number): void {
  try {
    setPriority(pid, LOW_PRIORITY);
  } catch {
    // Where it is not allowed the trainer competes as an equal.
  }
}
