import fc from "fast-check";
import { expect, test } from "vitest";
import { exceedsFp16, roundTensor } from "./round-tensor.ts";

function halfValue(bits: number): number {
  const sign = bits >> 15 === 1 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) {
    return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  }
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

function brainValue(bits: number): number {
  return new Float32Array(Uint32Array.of((bits << 16) >>> 0).buffer)[0] ?? Number.NaN;
}

function wordOf(value: number, dtype: "fp16" | "bf16"): number {
  return new Uint16Array(roundTensor(Float32Array.of(value), dtype).slice().buffer)[0] ?? 0;
}

/** The two neighbours of a word, of the same sign. */
function isNearest(value: number, word: number, decode: (bits: number) => number): boolean {
  const distance = Math.abs(decode(word) - value);
  const magnitude = word & 0x7fff;
  return [magnitude - 1, magnitude + 1]
    .filter((neighbour) => neighbour >= 0)
    .map((neighbour) => decode((word & 0x8000) | neighbour))
    .filter(Number.isFinite)
    .every((other) => {
      const theirs = Math.abs(other - value);
      return distance < theirs || (distance === theirs && (word & 1) === 0);
    });
}

test.each([
  ["fp16", halfValue, 65_000],
  ["bf16", brainValue, 1e38],
] as const)(
  "%s takes the nearest number, of two equally near ones the even one",
  (dtype, decode, limit) => {
    const values = fc.oneof(
      fc.float({ min: -1, max: 1, noNaN: true }),
      fc.float({ min: Math.fround(-limit), max: Math.fround(limit), noNaN: true }),
      fc.integer({ min: -4096, max: 4096 }).map((n) => n * 2 ** -25),
    );
    fc.assert(
      fc.property(values, (value) => isNearest(value, wordOf(value, dtype), decode)),
      { numRuns: 2_000 },
    );
  },
);

test("what has no number of its own stays infinite or no number", () => {
  for (const [dtype, decode] of [
    ["fp16", halfValue],
    ["bf16", brainValue],
  ] as const) {
    expect(decode(wordOf(Number.NaN, dtype))).toBeNaN();
    expect(decode(wordOf(Number.NEGATIVE_INFINITY, dtype))).toBe(Number.NEGATIVE_INFINITY);
    expect(Object.is(decode(wordOf(-0, dtype)), -0)).toBe(true);
  }
  expect(halfValue(wordOf(65_520, "fp16"))).toBe(Number.POSITIVE_INFINITY);
  expect([exceedsFp16(Float32Array.of(65_504)), exceedsFp16(Float32Array.of(65_520))]).toEqual([
    false,
    true,
  ]);
});
