import fc from "fast-check";
import { expect, test } from "vitest";
import { linearTicks, logTicks, xTicks } from "./ticks.ts";

test("ticks are round and lie inside", () => {
  expect(linearTicks(3.02, 4.21, 6)).toMatchObject({ step: 0.2 });
  expect(linearTicks(0, 118_640, 6).values).toEqual([0, 20_000, 40_000, 60_000, 80_000, 100_000]);
});

test("any span has a moderate number of ticks within its bounds", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
      fc.integer({ min: 2, max: 12 }),
      (low, span, target) => {
        const high = low + span;
        const { values, step } = linearTicks(low, high, target);
        expect(values.length).toBeLessThanOrEqual(target + 1);
        expect(values.length).toBeGreaterThanOrEqual(Math.floor(target / 2.5) - 1);
        expect(
          values.every((value) => value >= low - step * 1e-6 && value <= high + step * 1e-6),
        ).toBe(true);
      },
    ),
  );
});

test("a log axis counts in decades, and in round numbers under one decade", () => {
  expect(logTicks(0.001, 1000, 4).values).toEqual(
    [0.001, 0.01, 0.1, 1, 10, 100, 1000].map((value) => expect.closeTo(value, 9)),
  );
  expect(logTicks(3, 5, 4).values).toEqual([3, 3.5, 4, 4.5, 5]);
});

test("steps and tokens are whole, times fall on round moments", () => {
  expect(xTicks("step", [0, 3], 8).values).toEqual([0, 1, 2, 3]);
  const day = Date.UTC(2026, 10, 16, 17, 48);
  const { values, step } = xTicks("time", [day, day + 3_600_000], 6);
  expect(step).toBe(600_000);
  expect(new Date(values[0] ?? 0).toISOString()).toBe("2026-11-16T17:50:00.000Z");
});
