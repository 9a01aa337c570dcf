// The output of portal and trainer goes to files, not through the starter: they must go on when it is killed.
import {
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
  truncateSync,
} from "node:fs";
import { dirname } from "node:path";

const LARGEST = 20 * 1024 * 1024;

/** Opens for appending; when the file is large, what it held moves to `FILE.1` first. */
export function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  turnLog(file);
  return openSync(file, "a");
}

/** Keeps a log below 20 MB: its writers append, so emptying it in place takes nothing from them. */
export function turnLog(file: string): void {
  if (existsSync(file) && statSync(file).size > LARGEST) {
    copyFileSync(file, `${file}.1`);
    truncateSync(file);
  }
}

export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** What was written after `position`, at most its last 64 KB, and where it ends. */
export function readFrom(file: string, position: number): { text: string; end: number } {
  if (!existsSync(file)) {
    return { text: "", end: 0 };
  }
  const handle = openSync(file, "r");
  try {
    const end = fstatSync(handle).size;
    const from = Math.max(position > end ? 0 : position, end - 65_536);
    const bytes = Buffer.alloc(end - from);
    readSync(handle, bytes, 0, bytes.length, from);
    return { text: bytes.toString("utf8"), end };
  } finally {
    closeSync(handle);
  }
}

/** The last lines written after `position`, for the report of a crash. */
export function lastLines(file: string, position: number, count: number): string[] {
  return readFrom(file, position)
    .text.split(/[\r\n]+/)
    .filter((text) => text.trim() !== "")
    .slice(-count);
}
