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
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { decide } from "./decide.ts";
import { openDedupStore } from "./dedup-store.ts";
import { openAppender } from "./file-appender.ts";
import { hashParagraphs, viewOf } from "./hash-paragraphs.ts";
import { HashTable } from "./hash-table.ts";
import { HASH_SEED, hashUnits } from "./hash-units.ts";
import { checksum } from "./log-record.ts";
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
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), (text) => {
      const quick: string[] = [];
      forEachParagraph(text, (units, length) =>
        quick.push(String.fromCharCode(...units.subarray(0, length))),
      );
      const slow = text
        .split("\n")
        .map(normalizeSlowly)
        .filter((form) => form !== "");
      expect(quick).toEqual(slow);
    }),
  );
});

test("the record's checksum is zlib's", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect(checksum(bytes, 0, bytes.length)).toBe(crc32(bytes));
    }),
  );
});

describe("the hash", () => {
  test("is the same for ever: a store's header promises it", () => {
    const { words } = hashParagraphs("春江潮水連海平，海上明月共潮生。\nThe WHALE, in 1851!");
    expect([...words.subarray(0, 4)]).toEqual([620031666, 887769850, -224357160, 2045106562]);
  });

  test("keeps 200 000 near texts apart, in 64 bits as in each half of them", () => {
    const units = new Uint16Array(12);
    const out = new Int32Array(2);
    const halves = [new Set<number>(), new Set<number>()];
    const wholes = new Set<number>();
    const count = 200_000;
    for (let i = 0; i < count; i += 1) {
      units.fill(0x6625);
      units[i % 12] = 0x4e00 + (i >> 4);
      units[(i + 5) % 12] = 0x4e00 + (i & 15);
      hashUnits(units, 12, { into: out, at: 0, seed: HASH_SEED });
      const [low = 0, high = 0] = out;
      halves[0]?.add(low);
      halves[1]?.add(high);
      wholes.add((low >>> 0) * 2 ** 21 + (high >>> 11));
    }
    expect(wholes.size).toBe(count);
    // Chance alone gives n² / 2³³, five or so.
    for (const half of halves) {
      expect(count - half.size).toBeLessThan(25);
    }
  });

  test("changes about half its bits with each bit of the text", () => {
    const out = new Int32Array(4);
    const ones = (word: number): number => word.toString(2).replaceAll("0", "").length;
    fc.assert(
      fc.property(fc.uint16Array({ minLength: 30, maxLength: 30 }), (units) => {
        hashUnits(units, 30, { into: out, at: 0, seed: HASH_SEED });
        let changed = 0;
        for (let bit = 0; bit < 480; bit += 1) {
          const other = Uint16Array.from(units);
          other[bit >> 4] = (other[bit >> 4] ?? 0) ^ (1 << (bit & 15));
          hashUnits(other, 30, { into: out, at: 2, seed: HASH_SEED });
          changed += ones(((out[0] ?? 0) ^ (out[2] ?? 0)) >>> 0);
          changed += ones(((out[1] ?? 0) ^ (out[3] ?? 0)) >>> 0);
        }
        expect(Math.abs(changed / 480 - 32)).toBeLessThan(1);
      }),
    );
  });
});

test("the table holds exactly what was added, through every growth", () => {
  const table = new HashTable();
  for (let i = 1; i <= 5_000; i += 1) {
    expect(table.add(i, Math.imul(i, 0x9e3779b1))).toBe(true);
  }
  expect(table.size).toBe(5_000);
  expect(table.add(17, Math.imul(17, 0x9e3779b1))).toBe(false);
  expect(table.has(5_001, 1)).toBe(false);
  expect(table.size / table.capacity).toBeLessThanOrEqual(0.8);
});

function decideBySet(model: Set<string>, names: string[]): string {
  const seen = names.filter((name) => model.has(name)).length;
  if (names.length === 0 || 10 * seen > 7 * names.length) {
    return names.length === 0 ? "empty" : "duplicate";
  }
  for (const name of names) {
    model.add(name);
  }
  return "keep";
}

test("a document is decided as with a Set, whatever its repeats and however many hashes share a place", () => {
  // The exclusive or of both words gives the place: many of the 128 hashes share one.
  const hashOf = (n: number): [number, number] => [4 * (n & 15), 1 + (n >> 3)];
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(127), { maxLength: 12 })), (documents) => {
      const table = new HashTable();
      const model = new Set<string>();
      for (const document of documents) {
        const names = document.map((n) => String(hashOf(n)));
        const expected = decideBySet(model, names);
        const words = Int32Array.from(document.flatMap(hashOf));
        expect(decide(table, viewOf(words, words.length))).toBe(expected);
      }
      expect(table.size).toBe(model.size);
    }),
  );
});

test("a document that makes the table grow is remembered whole", () => {
  const table = new HashTable();
  const words = Int32Array.from({ length: 600_000 }, (_, i) => Math.imul(i + 1, 0x85ebca6b));
  const document = viewOf(words, words.length);
  expect([decide(table, document), decide(table, document)]).toEqual(["keep", "duplicate"]);
  expect(table.size).toBe(300_000);
});

test("the table answers as a Set does, takes at most 12 bytes a hash while it grows, and comes back from a snapshot", () => {
  const table = new HashTable();
  const model = new Set<number>();
  const highOf = (low: number): number => Math.imul(low ^ (low >>> 15), 0x9e3779b1);
  let most = 0;
  for (let i = 1; i <= 500_000; i += 1) {
    const low = Math.imul((i % 450_000) + 1, 0x85ebca6b);
    if (table.add(low, highOf(low)) === model.has(low)) {
      throw new Error(`the table and the Set disagree at ${i}`);
    }
    model.add(low);
    most = i > 220_000 ? Math.max(most, table.bytes / table.size) : 0;
  }
  expect(table.size).toBe(model.size);
  expect(most).toBeLessThanOrEqual(12);
  const directory = mkdtempSync(join(tmpdir(), "snapshot-"));
  writeSnapshot(directory, { table, answers: new HashTable(), logBytes: 7 });
  const back = readSnapshot(directory, 7);
  rmSync(directory, { recursive: true });
  expect(back?.table.size).toBe(model.size);
  expect([...model].every((low) => back?.table.has(low, highOf(low)))).toBe(true);
});

describe("the store", () => {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "store-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  const feed = (texts: string[]): string[] => {
    const store = openDedupStore(directory);
    const answers = texts.map((text, i) =>
      store.decide({ low: 4 * (i + 1), high: 0 }, hashParagraphs(text)),
    );
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

  test("a log cut or flipped at any byte of its last record is mended, and the run gives the same log again", () => {
    const texts = ["one\ntwo\nthree", "one\ntwo\nthree", "four\nfive"];
    const answers = feed(texts);
    const whole = readFileSync(log());
    const last = 4 + 8 + 8 * 2 + 4;
    for (let at = whole.length - last; at < whole.length; at += 1) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ 0x40;
      for (const bytes of [whole.subarray(0, at), flipped]) {
        writeFileSync(log(), bytes);
        expect(feed(texts)).toEqual(answers);
        expect(readFileSync(log()).equals(whole)).toBe(true);
      }
    }
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
    full.decide({ low: 400, high: 0 }, hashParagraphs("two"));
    expect(() => full.flush()).toThrow(/make room on the disk/);
    expect(statSync(log()).size).toBe(size);
    expect(() => full.close()).toThrow(/ENOSPC/);
    expect(feed(["one", "two"])).toEqual(["keep", "keep"]);
  });
});
