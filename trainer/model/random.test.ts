import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom, seedFor } from "./random.ts";

test("the same seed gives the same stream", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const [a, b] = [createRandom(seed), createRandom(seed)];
      for (let i = 0; i < 5; i++) {
        expect([a.normal(), a.uniform()]).toEqual([b.normal(), b.uniform()]);
      }
    }),
  );
});

test("normal numbers have mean 0, variance 1 and the tails of a bell", () => {
  const random = createRandom(1234);
  const values = Array.from({ length: 100_000 }, random.normal);
  const mean = values.reduce((a, b) => a + b) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
  const beyondTwo = values.filter((value) => Math.abs(value) > 2).length / values.length;
  expect(mean).toBeCloseTo(0, 1.7);
  expect(Math.abs(variance - 1)).toBeLessThan(0.02);
  expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.003);
});

test("uniform numbers fill [0, 1) evenly", () => {
  const random = createRandom(7);
  const tenths = new Array<number>(10).fill(0);
  for (let i = 0; i < 10_000; i++) {
    const bin = Math.floor(random.uniform() * 10);
    tenths[bin] = (tenths[bin] ?? 0) + 1;
  }
  expect(Math.min(...tenths)).toBeGreaterThan(850);
  expect(Math.max(...tenths)).toBeLessThan(1150);
});

test("neighbouring seeds and names give unrelated streams", () => {
  const first = new Set([0, 1, 2].map((seed) => createRandom(seed).uniform()));
  expect(first.size).toBe(3);
  expect(seedFor(1, "a")).not.toBe(seedFor(1, "b"));
  expect(seedFor(1, "a")).not.toBe(seedFor(2, "a"));
});
