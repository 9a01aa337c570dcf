// Processes by number and birth: a number alone may have been given to another program since.
import { readFileSync } from "node:fs";

/** @typedef {{ pid: number, born: string | null }} KnownProcess */

/** When the process began, in ticks since the machine's start; null where that cannot be known. @param {number} pid */
export function birthOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold spaces; after it the state comes third and the birth 22nd.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

/** @param {number} pid @returns {KnownProcess} */
export function know(pid) {
  return { pid, born: birthOf(pid) };
}

/** True when this very process still runs. @param {KnownProcess} known */
export function isAlive({ pid, born }) {
  if (!Number.isInteger(pid) || pid <= 0) {
    return false;
  }
  if (process.platform === "linux") {
    return born !== null && birthOf(pid) === born;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/**
 * Asks a process to end, waits, and ends it when it does not. True when it ended by itself in time.
 * @param {KnownProcess} known
 * @param {{ patienceMs: number, signal?: NodeJS.Signals }} options
 */
export async function endProcess(known, { patienceMs, signal = "SIGTERM" }) {
  const deadline = Date.now() + patienceMs;
  send(known, signal);
  while (isAlive(known)) {
    if (Date.now() > deadline) {
      send(known, "SIGKILL");
      return false;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  return true;
}

/** @param {KnownProcess} known @param {NodeJS.Signals} signal */
function send(known, signal) {
  try {
    if (isAlive(known)) {
      process.kill(known.pid, signal);
    }
  } catch {
    // It ended between the look and the signal.
  }
}
