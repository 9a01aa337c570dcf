import { expect, test } from "vitest";
import { joinAttempts } from "./join-attempts.ts";
import type { SeriesData } from "./series.ts";

const raw = (steps: number[], value: number): SeriesData => ({
  kind: "raw",
  steps,
  times: steps,
  x: steps,
  values: steps.map(() => value),
});

test("each attempt counts up to where the next one began, the rest is abandoned", () => {
  const joined = joinAttempts([
    { attempt: 2, fromStep: 3, data: raw([3, 4], 2) },
    { attempt: 1, fromStep: 0, data: raw([1, 2, 3, 4, 5], 1) },
  ]);
  expect(joined.current).toMatchObject({ steps: [1, 2, 3, 4], values: [1, 1, 2, 2] });
  expect(joined.abandoned).toEqual([{ attempt: 1, data: raw([3, 4, 5], 1) }]);
});

test("a later attempt that goes further back also abandons what stood between", () => {
  const joined = joinAttempts([
    { attempt: 1, fromStep: 0, data: raw([1, 2, 3], 1) },
    { attempt: 2, fromStep: 3, data: raw([3, 4], 2) },
    { attempt: 3, fromStep: 2, data: raw([2, 3], 3) },
  ]);
  expect(joined.current).toMatchObject({ steps: [1, 2, 3], values: [1, 3, 3] });
  expect(joined.abandoned.map((one) => [one.attempt, one.data.steps])).toEqual([
    [1, [2, 3]],
    [2, [3, 4]],
  ]);
});

test("one attempt is all history and nothing is abandoned", () => {
  expect(joinAttempts([{ attempt: 1, fromStep: 0, data: raw([1, 2], 1) }])).toEqual({
    current: raw([1, 2], 1),
    abandoned: [],
  });
});
