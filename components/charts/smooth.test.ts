import fc from "fast-check";
import { expect, test } from "vitest";
import { smooth } from "./smooth.ts";

test("a constant stays itself from the first value on", () => {
  for (const value of smooth([5, 5, 5, 5], 0.99)) {
    expect(value).toBeCloseTo(5, 12);
  }
});

test("the factor zero changes nothing", () => {
  expect(smooth([3, 1, 2], 0)).toEqual([3, 1, 2]);
});

test("NaN gives NaN and does not disturb what follows", () => {
  const withHole = smooth([4, 2, Number.NaN, 3], 0.9);
  const without = smooth([4, 2, 3], 0.9);
  expect(withHole[2]).toBeNaN();
  expect(withHole[3]).toBeCloseTo(without[2] ?? Number.NaN, 12);
});

test("after a restart the past is forgotten", () => {
  expect(smooth([9, 9, 1], 0.99, { restarts: [false, false, true] })[2]).toBe(1);
});

test("a bucket of n equal points smooths like n points", () => {
  const points = smooth([4, 2, 2, 2], 0.9);
  const buckets = smooth([4, 2], 0.9, { counts: [1, 3] });
  expect(buckets[1]).toBeCloseTo(points[3] ?? Number.NaN, 12);
});

test("smoothed values never leave the range of the values", () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 0.999, noNaN: true }), (all, factor) => {
      const [low, high] = [Math.min(...all), Math.max(...all)];
      const slack = 1e-9 * Math.max(1, Math.abs(low), Math.abs(high));
      expect(smooth(all, factor).every((one) => one >= low - slack && one <= high + slack)).toBe(
        true,
      );
    }),
  );
});
