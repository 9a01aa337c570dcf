import { expect, test } from "vitest";
import { detectGap, NEW_GAPS } from "./detect-gaps.ts";

const HOUR = 3_600_000;

function found(hours: number[]) {
  const state = structuredClone(NEW_GAPS);
  return hours.flatMap((hour, step) =>
    detectGap(state, { key: "loss", step, time: hour * HOUR, value: 1 }),
  );
}

test("a gap of more than five usual ones is a silence after the step before it; five are none", () => {
  expect(found([0, 1, 2, 3, 4, 9, 10])).toEqual([]);
  expect(found([0, 1, 2, 3, 4, 9.1, 10])).toMatchObject([
    {
      kind: "stall",
      step: 4,
      time: 9 * HOUR,
      message: "Nothing was logged for 5.1 hours after step 4.",
      data: { silentMs: 5.1 * HOUR, intervalMs: HOUR },
    },
  ]);
});

test("what is slow from the beginning is the rhythm, and times that run backwards are passed over", () => {
  expect(found([0, 24, 48, 72, 96, 120])).toEqual([]);
  expect(found([10, 11, 12, 13, 14, 2, 15, 16])).toEqual([]);
});
