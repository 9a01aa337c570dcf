import { expect, test } from "vitest";
import { nanRows } from "./detect-nan.ts";

test("a streak is told once, at its first step", () => {
  expect(nanRows([1, "NaN", "NaN", 2, "Infinity", 3], "finite")).toEqual([1, 4]);
});

test("a streak that began in an earlier batch is not told again", () => {
  expect(nanRows(["NaN", "NaN", 1, "-Infinity"], "not finite")).toEqual([3]);
});

test("steps without a loss neither begin nor end a streak", () => {
  expect(nanRows([null, "NaN", null, "NaN"], "finite")).toEqual([1]);
});

test("a flickering loss is told a bounded number of times", () => {
  const flicker = Array.from({ length: 1_000 }, (_, i) => (i % 2 === 0 ? "NaN" : 1));
  expect(nanRows(flicker, "finite")).toHaveLength(8);
});
