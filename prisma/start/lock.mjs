// One starter per data folder. The lock file names its holder and the processes that the holder started, so
// that whoever finds the lock of a killed starter can end what that one left behind.
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { isAlive, know } from "./processes.mjs";
import { StartError } from "./progress.mjs";

/** The holder touches its lock this often; a lock from another machine counts while it is touched. */
const TOUCH_MS = 10_000;
const FORGOTTEN_MS = 60_000;

/**
 * @typedef {import("./processes.mjs").KnownProcess} KnownProcess
 * @typedef {{ holder: KnownProcess, host: string, since: string, url: string | null, children: Record<string, KnownProcess> }} LockContent
 */

export class Lock {
  /** @param {string} file @param {LockContent} content */
  constructor(file, content) {
    this.file = file;
    this.content = content;
    this.touching = setInterval(() => this.touch(), TOUCH_MS);
    this.touching.unref();
  }

  touch() {
    const now = new Date();
    try {
      utimesSync(this.file, now, now);
    } catch {
      // Whoever removed the file wants the lock gone; the work goes on.
    }
  }

  /** Notes the address, or a process that must not outlive the holder. @param {Partial<LockContent>} change */
  update(change) {
    this.content = { ...this.content, ...change };
    writeWhole(this.file, this.content);
  }

  /** @param {string} name @param {number | undefined} pid */
  noteChild(name, pid) {
    const children = { ...this.content.children };
    delete children[name];
    if (pid !== undefined) {
      children[name] = know(pid);
    }
    this.update({ children });
  }

  /** Leaves the lock to the child that inherits it. */
  handOver() {
    clearInterval(this.touching);
  }

  release() {
    this.handOver();
    if (readLock(this.file)?.holder.pid === this.content.holder.pid) {
      rmSync(this.file, { force: true });
    }
  }
}

/**
 * Takes the lock of a data folder, also from a starter that is dead. Throws with the holder's name when it is held.
 * @param {string} dataDir
 * @returns {{ lock: Lock, left: Record<string, KnownProcess> }} `left`: what a dead holder had started, first to end first.
 */
export function takeLock(dataDir) {
  const file = join(resolve(dataDir), "start.lock");
  makeFolder(dataDir);
  for (let round = 0; round < 20; round++) {
    const content = {
      holder: know(process.pid),
      host: hostname(),
      since: new Date().toISOString(),
      url: null,
      children: {},
    };
    if (createWhole(file, content)) {
      return { lock: new Lock(file, content), left: {} };
    }
    const found = readLock(file);
    if (found !== null && isHeld(found, file)) {
      throw new StartError(heldBy(found, file));
    }
    if (removeStale(file, found) && createWhole(file, content)) {
      return { lock: new Lock(file, content), left: found?.children ?? {} };
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 25); // Let the other one finish.
  }
  throw new StartError(`Several starts want ${file} at once. Start again in a moment.`);
}

/** Goes on with the lock that this process's parent took. @param {string} dataDir */
export function inheritLock(dataDir) {
  const file = join(resolve(dataDir), "start.lock");
  const content = readLock(file);
  if (content === null) {
    throw new StartError(`The lock ${file} is gone: somebody removed it. Start again.`);
  }
  const lock = new Lock(file, content);
  lock.update({ holder: know(process.pid) });
  return lock;
}

/** @param {string} dataDir */
function makeFolder(dataDir) {
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (error) {
    throw new StartError(
      `The data folder ${dataDir} cannot be made (${error.code}). Set DATA_DIR to a folder that you may write.`,
    );
  }
}

/** @param {LockContent} found @param {string} file */
function isHeld(found, file) {
  if (found.host === hostname()) {
    return isAlive(found.holder);
  }
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) < FORGOTTEN_MS;
}

/** @param {LockContent} found @param {string} file */
function heldBy({ holder, host, since, url }, file) {
  const where = url === null ? "" : `, at ${url}`;
  return [
    `CPM-Live already runs on this data folder: process ${holder.pid} on ${host} since ${since}${where}.`,
    `Stop it (Ctrl-C in its terminal, or: kill ${holder.pid}), or start a second one beside it:`,
    "  DATA_DIR=.data-2 PORT=3001 npm start",
    `(The lock is ${file}.)`,
  ].join("\n");
}

/**
 * Removes a dead holder's lock; false when somebody else is at it. One at a time, behind a guard: otherwise a slow
 * one would remove the lock that a quick one has just taken.
 * @param {string} file
 * @param {LockContent | null} found
 */
function removeStale(file, found) {
  const guard = `${file}.guard`;
  const guardedAt = statSync(guard, { throwIfNoEntry: false })?.mtimeMs;
  if (guardedAt !== undefined && Date.now() - guardedAt > FORGOTTEN_MS) {
    rmSync(guard, { force: true }); // Its maker died within these few lines.
  }
  if (!createWhole(guard, process.pid)) {
    return false;
  }
  try {
    const same = JSON.stringify(readLock(file)) === JSON.stringify(found);
    if (same) {
      rmSync(file, { force: true });
    }
    return same;
  } finally {
    rmSync(guard, { force: true });
  }
}

/** @param {string} file @returns {LockContent | null} */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/** Creates the file with its whole content at once; false when it exists. @param {string} file @param {unknown} content */
function createWhole(file, content) {
  const draft = `${file}.${process.pid}.new`;
  try {
    writeFileSync(draft, JSON.stringify(content));
    link(draft, file);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") {
      return false;
    }
    throw new StartError(
      `The lock ${file} cannot be written (${error.code}). Set DATA_DIR to a folder that you may write.`,
    );
  } finally {
    rmSync(draft, { force: true });
  }
}

/** @param {string} draft @param {string} file */
function link(draft, file) {
  try {
    linkSync(draft, file);
  } catch (error) {
    if (error.code === "EEXIST") {
      throw error;
    }
    // A file system without hard links: the name is still taken by one only, though for an instant empty.
    writeFileSync(file, readFileSync(draft), { flag: "wx" });
  }
}

/** @param {string} file @param {unknown} content */
function writeWhole(file, content) {
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, JSON.stringify(content));
  renameSync(draft, file);
}
