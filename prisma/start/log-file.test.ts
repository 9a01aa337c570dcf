import { appendFileSync, mkdtempSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lastLines, openLog, readFrom, sizeOf, turnLog } from "./log-file.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cpm-live-log-"));
  file = join(folder, "log", "portal.log");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a log that has grown large is emptied in place, and its writer goes on at its beginning", () => {
  const writer = openLog(file);
  writeSync(writer, Buffer.alloc(21 * 1024 * 1024, "x"));
  turnLog(file);
  writeSync(writer, "after\n");
  expect(readFrom(file, 0).text).toBe("after\n");
  expect(sizeOf(`${file}.1`)).toBe(21 * 1024 * 1024);
});

test("what was written since a place is read, also when the log was emptied in between", () => {
  openLog(file);
  appendFileSync(file, "one\ntwo\n");
  const { text, end } = readFrom(file, 4);
  expect(text).toBe("two\n");
  expect(readFrom(file, end).text).toBe("");
  expect(readFrom(file, 1_000).text).toBe("one\ntwo\n");
  expect(lastLines(file, 0, 1)).toEqual(["two"]);
  expect(readFrom(join(folder, "none"), 0)).toEqual({ text: "", end: 0 });
});
