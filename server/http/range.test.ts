import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRange } from "./range.ts";

const parts = (...ranges: [number, number][]) => ({
  kind: "parts",
  parts: ranges.map(([start, end]) => ({ start, end })),
});

describe("readRange of a file of 100 bytes", () => {
  test.each([
    ["bytes=0-9", parts([0, 9])],
    ["bytes=90-", parts([90, 99])],
    ["bytes=-10", parts([90, 99])],
    ["bytes=-1000", parts([0, 99])],
    ["bytes=50-1000", parts([50, 99])],
    ["bytes=0-0,-1", parts([0, 0], [99, 99])],
    ["bytes=5-9, 0-4", parts([0, 9])],
    ["bytes=0-50,40-60", parts([0, 60])],
    ["bytes=0-9,200-", parts([0, 9])],
    ["BYTES=1-2", parts([1, 2])],
  ])("%s names those bytes", (header, expected) => {
    expect(readRange(header, 100)).toEqual(expected);
  });

  test.each(["bytes=100-", "bytes=-0", "bytes=500-600"])("%s names none that exists", (header) => {
    expect(readRange(header, 100)).toEqual({ kind: "unsatisfiable" });
  });

  test.each([
    undefined,
    "",
    "bytes=",
    "bytes=a-b",
    "bytes=9-0",
    "items=0-9",
    "bytes=-",
    "bytes=1-2,x",
  ])("%s is ignored", (header) => {
    expect(readRange(header, 100)).toEqual({ kind: "whole" });
  });

  test("more separate parts than 16 are refused", () => {
    const many = Array.from({ length: 17 }, (_, i) => `${i * 4}-${i * 4}`).join(",");
    expect(readRange(`bytes=${many}`, 100)).toEqual({ kind: "unsatisfiable" });
  });

  test("an empty file has no bytes to ask for", () => {
    expect(readRange("bytes=0-", 0)).toEqual({ kind: "unsatisfiable" });
  });

  test("parts are exactly the asked bytes, in order, without overlap", () => {
    const spec = fc
      .tuple(fc.nat(120), fc.nat(40))
      .map(([start, more]) => ({ start, end: start + more }));
    fc.assert(
      fc.property(fc.array(spec, { minLength: 1, maxLength: 8 }), (asked) => {
        const header = `bytes=${asked.map(({ start, end }) => `${start}-${end}`).join(",")}`;
        const answer = readRange(header, 100);
        const wanted = new Set<number>();
        for (const { start, end } of asked) {
          for (let i = start; i <= Math.min(end, 99); i++) {
            wanted.add(i);
          }
        }
        const got = answer.kind === "parts" ? answer.parts : [];
        const bytes = got.flatMap(({ start, end }) =>
          Array.from({ length: end - start + 1 }, (_, i) => start + i),
        );
        expect(bytes).toEqual([...wanted].sort((a, b) => a - b));
      }),
    );
  });
});
