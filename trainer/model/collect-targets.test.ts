import { expect, test } from "vitest";
import { collectTargets, countTargets } from "./collect-targets.ts";
import { goldenBatch } from "./golden-cases.ts";

test("the positions with a target come first, then places without one", () => {
  const batch = goldenBatch("C");
  expect(countTargets(batch)).toBe(5);
  const { position, target, task } = collectTargets(batch, 7);
  expect([...position]).toEqual([7, 8, 9, 16, 18, 0, 0]);
  expect([...target]).toEqual([15, 16, 7, 21, 23, -100, -100]);
  expect([...task]).toEqual([0, 0, 0, 1, 1, -1, -1]);
});

test("more targets than places is an error", () => {
  expect(() => collectTargets(goldenBatch("C"), 4)).toThrow("more than 4 targets");
});
