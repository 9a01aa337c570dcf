import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { xxh64 } from "@node-rs/xxhash";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { decide } from "./decide.ts";
import { openDedupStore } from "./dedup-store.ts";
import { openAppender } from "./file-appender.ts";
import { hashParagraphs } from "./hash-paragraphs.ts";
import { HashTable } from "./hash-table.ts";
import { forEachParagraph, normalizeSlowly } from "./normalize-paragraphs.ts";
import { readSnapshot, writeSnapshot } from "./snapshot.ts";

const lines = (from: number, to: number, word = "paragraph"): string[] =>
  Array.from({ length: to - from }, (_, i) => `${word} ${String.fromCharCode(97 + from + i)}`);
const numbered = (...list: string[]): string => list.join("\n");

describe("the rule", () => {
  test.each([
    ["7 of 10 seen stays", [...lines(0, 7), ...lines(0, 3, "new")], "keep"],
    ["8 of 10 seen goes", [...lines(0, 8), ...lines(0, 2, "new")], "duplicate"],
    ["a single seen paragraph goes", lines(0, 1), "duplicate"],
    ["a single new paragraph stays", ["something else"], "keep"],
    ["repeats inside an unseen document do not count", Array(10).fill("refrain"), "keep"],
    [
      "repeats of a seen paragraph count each time",
      [...Array(8).fill("paragraph a"), "x", "y"],
      "duplicate",
    ],
    ["punctuation alone is empty", ["…", "  ", "!!!"], "empty"],
    ["nothing is empty", [], "empty"],
  ])("%s", (_, paragraphs, expected) => {
    const table = new HashTable();
    decide(table, hashParagraphs(numbered(...lines(0, 10))));
    expect(decide(table, hashParagraphs(numbered(...paragraphs)))).toBe(expected);
  });

  test("a duplicate's new paragraphs stay unseen", () => {
    const table = new HashTable();
    decide(table, hashParagraphs(numbered(...lines(0, 10))));
    const size = table.size;
    decide(table, hashParagraphs(numbered(...lines(0, 8), "fresh")));
    expect(table.size).toBe(size);
    expect(decide(table, hashParagraphs("fresh"))).toBe("keep");
  });
});

test("the quick normalisation is the definition, whatever the characters", () => {
  const decoder = new TextDecoder();
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), (text) => {
      const quick: string[] = [];
      forEachParagraph(text, (bytes) => quick.push(decoder.decode(bytes)));
      const slow = text
        .split("\n")
        .map(normalizeSlowly)
        .filter((form) => form !== "");
      expect(quick).toEqual(slow);
    }),
  );
});

test("the table holds exactly what was added, through every growth", () => {
  const table = new HashTable();
  for (let i = 1; i <= 5_000; i += 1) {
    expect(table.add(i, Math.imul(i, 0x9e3779b1) >>> 0)).toBe(true);
  }
  expect(table.size).toBe(5_000);
  expect(table.add(17, Math.imul(17, 0x9e3779b1) >>> 0)).toBe(false);
  expect(table.has(5_001, 1)).toBe(false);
  expect(table.size / table.capacity).toBeLessThanOrEqual(0.8);
});

test("the table answers as a Set does, takes at most 12 bytes a hash while it grows, and comes back from a snapshot", () => {
  const table = new HashTable();
  const model = new Set<bigint>();
  let most = 0;
  for (let i = 1; i <= 60_000; i += 1) {
    const hash = xxh64(String(i % 50_000));
    const low = Number(hash & 0xffff_ffffn);
    const high = Number(hash >> 32n);
    if (table.add(low, high) === model.has(hash)) {
      throw new Error(`the table and the Set disagree at ${i}`);
    }
    model.add(hash);
    most = i > 20_000 ? Math.max(most, table.bytes / table.size) : 0;
  }
  expect(table.size).toBe(model.size);
  expect(most).toBeLessThanOrEqual(12);
  const directory = mkdtempSync(join(tmpdir(), "snapshot-"));
  writeSnapshot(directory, { table, answers: new HashTable(), logBytes: 7 });
  const back = readSnapshot(directory, 7);
  rmSync(directory, { recursive: true });
  expect(back?.table.size).toBe(model.size);
  expect([...model].every((h) => back?.table.has(Number(h & 0xffff_ffffn), Number(h >> 32n)))).toBe(
    true,
  );
});

describe("the store", () => {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "store-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  const feed = (texts: string[]): string[] => {
    const store = openDedupStore(directory);
    const answers = texts.map((text, i) => store.decide(BigInt(4 * (i + 1)), hashParagraphs(text)));
    store.close();
    return answers;
  };
  const log = (): string => join(directory, "hashes.log");

  test("the same input again gets the same answers and leaves the log as it is", () => {
    const texts = ["one\ntwo", "one\ntwo", "three", "…"];
    const first = feed(texts);
    const bytes = readFileSync(log());
    expect(first).toEqual(["keep", "duplicate", "keep", "empty"]);
    expect(feed(texts)).toEqual(first);
    expect(readFileSync(log()).equals(bytes)).toBe(true);
  });

  test.each(["garbage", "\u0001\u0000\u0000\u0000"])("a torn tail %j is cut off", (tail) => {
    feed(["one", "two"]);
    const bytes = readFileSync(log());
    appendFileSync(log(), tail);
    feed(["one", "two"]);
    expect(readFileSync(log()).equals(bytes)).toBe(true);
  });

  test("a store of another kind, and a second writer, are refused", () => {
    const store = openDedupStore(directory);
    expect(() => openDedupStore(directory)).toThrow(/is writing the store/);
    store.close();
    writeFileSync(join(directory, "store.json"), '{"version":1,"hash":"md5"}');
    expect(() => openDedupStore(directory)).toThrow(/another kind/);
  });

  test("a full disk leaves the log at its last whole state, and the next run goes on", () => {
    feed(["one"]);
    const size = statSync(log()).size;
    const full = openDedupStore(directory, (path, length) =>
      openAppender(path, length, (descriptor, bytes) => {
        appendFileSync(descriptor, bytes.subarray(0, 5));
        throw new Error("ENOSPC: no space left on device");
      }),
    );
    full.decide(400n, hashParagraphs("two"));
    expect(() => full.flush()).toThrow(/make room on the disk/);
    expect(statSync(log()).size).toBe(size);
    expect(() => full.close()).toThrow(/ENOSPC/);
    expect(feed(["one", "two"])).toEqual(["keep", "keep"]);
  });
});
