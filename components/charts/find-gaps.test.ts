import { expect, test } from "vitest";
import { findGaps } from "./find-gaps.ts";
import type { BucketData } from "./series.ts";

/** Buckets of `size` points each; the steps of `missing` were never received. */
function bucketsOf(length: number, size: number, missing: (step: number) => boolean): BucketData {
  const steps = Array.from({ length }, (_, step) => step).filter((step) => !missing(step));
  const groups = Array.from({ length: Math.ceil(steps.length / size) }, (_, index) =>
    steps.slice(index * size, (index + 1) * size),
  );
  const first = groups.map((group) => group[0] ?? 0);
  const last = groups.map((group) => group.at(-1) ?? 0);
  const ones = groups.map(() => 1);
  return {
    kind: "buckets",
    steps: first,
    lastSteps: last,
    times: first,
    lastTimes: last,
    x: first,
    lastX: last,
    min: ones,
    max: ones,
    first: ones,
    last: ones,
    mean: ones,
    count: groups.map((group) => group.length),
    nonFinite: groups.map(() => 0),
  };
}

test("steps missing inside a bucket are a gap of their true width within it", () => {
  const { gaps } = findGaps(bucketsOf(10_000, 500, (step) => step >= 5_100 && step < 5_400));
  expect(gaps).toHaveLength(1);
  const [gap] = gaps;
  expect((gap?.to ?? 0) - (gap?.from ?? 0)).toBeCloseTo(300, -1);
  expect(gap?.from).toBeGreaterThanOrEqual(5_000);
  expect(gap?.to).toBeLessThanOrEqual(5_900);
});

test("a series that is logged more rarely from some step on has no gap", () => {
  const { gaps } = findGaps(bucketsOf(40_000, 100, (step) => step > 20_000 && step % 10 !== 0));
  expect(gaps).toEqual([]);
});

test("a few lost steps are no gap", () => {
  expect(findGaps(bucketsOf(10_000, 500, (step) => step % 700 === 0)).gaps).toEqual([]);
});
