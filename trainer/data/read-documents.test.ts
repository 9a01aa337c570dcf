import fc from "fast-check";
import { expect, test } from "vitest";
import { readDocuments } from "./read-documents.ts";
import { readLines } from "./read-lines.ts";

async function* chunks(list: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of list) {
    yield Buffer.from(part);
  }
}

test("poisoned lines are reported by number and the others read", async () => {
  const faults: string[] = [];
  const input = chunks([
    '{"id":1,"text":"one"}\n{"id":2,"te',
    'xt":"two"}\nrubbish\n{"id":3}\n',
    Uint8Array.of(0x22, 0xff, 0xfe, 0x22, 10),
    Uint8Array.of(0, 10),
    '{"id":"4","text":"a\\u0000b","lang":"en","source":"s"}',
  ]);
  const texts: string[] = [];
  for await (const { text } of readDocuments(input, (line, fault) =>
    faults.push(`${line} ${fault}`),
  )) {
    texts.push(text);
  }
  expect(texts).toEqual(["one", "two", "a\u0000b"]);
  expect(faults.map((fault) => fault.split(" ")[0])).toEqual(["3", "4", "5", "6"]);
  expect(faults[2]).toContain("UTF-8");
});

test("a line beyond the limit is a fault, and the next one is read", async () => {
  const read: unknown[] = [];
  for await (const line of readLines(chunks(["a".repeat(9), "b".repeat(9), "\nshort\n"]), 10)) {
    read.push(line);
  }
  expect(read).toEqual([
    { number: 1, fault: "longer than 10 bytes" },
    { number: 2, text: "short" },
  ]);
});

test("where the chunks are cut changes nothing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: "grapheme" })), fc.nat(7), async (texts, size) => {
      const bytes = Buffer.from(texts.map((text) => `${JSON.stringify(text)}\n`).join(""));
      const parts: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += size + 1) {
        parts.push(bytes.subarray(at, at + size + 1));
      }
      const read: unknown[] = [];
      for await (const line of readLines(chunks(parts))) {
        read.push("text" in line ? JSON.parse(line.text) : line);
      }
      expect(read).toEqual(texts);
    }),
  );
});
