import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openAppender } from "../dedup/file-appender.ts";
import { openShards } from "./open-shards.ts";
import { openShardWriter } from "./shard-writer.ts";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "shard-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const BLOCK = 64;
function write(records: number[][]): void {
  const writer = openShardWriter(directory, openAppender, BLOCK);
  for (const record of records) {
    writer.append(Uint16Array.from(record));
  }
  writer.close();
}

test("what was written is read again, and no record spans two blocks", () => {
  const record = fc.array(fc.integer({ min: 0, max: 65_535 }), { maxLength: 29 });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 12 }), (records) => {
      write(records);
      const store = openShards(directory);
      expect(store.count).toBe(records.length);
      expect(records.map((_, i) => [...store.read(i)])).toEqual(records);
      expect(records.map((_, i) => store.length(i))).toEqual(records.map(({ length }) => length));
      const inside = records.flatMap((record, i) => (record.length < 3 ? [] : [i]));
      expect(inside.map((i) => [...store.read(i, 1, 3)])).toEqual(
        inside.map((i) => records[i]?.slice(1, 3)),
      );
      store.close();
      const index = new Float64Array(
        Uint8Array.from(readFileSync(join(directory, "data.idx"))).buffer,
      );
      [...index].forEach((offset, i) => {
        const last = offset + 4 + 2 * (records[i]?.length ?? 0);
        expect(Math.floor(offset / BLOCK)).toBe(Math.floor(last / BLOCK));
      });
    }),
    { numRuns: 30 },
  );
});

test("a flipped bit and a cut file are noticed, and the message says what to do", () => {
  write([
    [1, 2, 3],
    [4, 5],
  ]);
  const path = join(directory, "data.bin");
  const whole = readFileSync(path);
  const flipped = Buffer.from(whole);
  flipped[7] = (flipped[7] ?? 0) ^ 1;
  for (const bytes of [flipped, whole.subarray(0, 10)]) {
    writeFileSync(path, bytes);
    expect(() => openShards(directory)).toThrow(
      /data\.bin is not what was written.*data build again/,
    );
  }
});

test("masked blocks are left out; a writer that did not finish leaves nothing to read", () => {
  write([[1], [2]]);
  const path = join(directory, "meta.bin");
  writeFileSync(path, readFileSync(path, "utf8").replace('"mask":false', '"mask":true'));
  expect(openShards(directory).count).toBe(0);
  rmSync(path);
  expect(() => openShards(directory)).toThrow(/meta\.bin cannot be read/);
});

test("a full disk stops the writer with a sentence", () => {
  const full: typeof openAppender = (path, length) =>
    openAppender(path, length, () => {
      throw new Error("ENOSPC: no space left on device");
    });
  const writer = openShardWriter(directory, full);
  writer.append(Uint16Array.of(1));
  expect(() => writer.close()).toThrow(/no space left.*make room on the disk/);
});
