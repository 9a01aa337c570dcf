import { describe, expect, it } from "vitest";
import type { SeriesAnswer } from "#server/metrics/contract.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { CURVE_BUCKETS, curveQueries, spanStart } from "./curve-queries.ts";

const HOUR = 3_600_000;

const run = {
  id: "run_a",
  step: 1000,
  attempt: 2,
  attempts: [
    { number: 1, fromStep: 0, reason: "", startedAt: 0, lastStep: 500 },
    { number: 2, fromStep: 400, reason: "", startedAt: 0, lastStep: null },
  ],
} as unknown as RunDetail;

const answer = (attempt: number, steps: number[], msPerStep: number): SeriesAnswer => ({
  seq: 1,
  attempt,
  series: {
    loss: {
      kind: "raw",
      attempt,
      steps,
      times: steps.map((s) => s * msPerStep),
      x: steps,
      values: steps,
    },
  },
});

describe("curveQueries", () => {
  it("asks in two parts for an attempt that was left, in one for the current", () => {
    const queries = curveQueries(run, { x: "step", keys: ["loss"] });
    expect(queries.map(({ attempt, from, to, buckets }) => [attempt, from, to, buckets])).toEqual([
      [1, undefined, 399, 160],
      [1, 400, undefined, 40],
      [2, undefined, undefined, CURVE_BUCKETS],
    ]);
    expect(curveQueries(run, { x: "time", keys: ["loss"] })).toHaveLength(2);
  });

  it("keeps to the window, and leaves out a part that lies outside", () => {
    const inside = curveQueries(run, { x: "step", keys: ["loss"] }, { from: 450, to: 480 });
    expect(inside.map(({ attempt, from, to }) => [attempt, from, to])).toEqual([
      [1, 450, 480],
      [2, 450, 480],
    ]);
  });

  it("asks the same question while the current attempt grows", () => {
    const view = { x: "step" as const, keys: ["loss"] };
    const later = curveQueries({ ...run, step: 1010 }, view);
    expect(later.at(-1)).toEqual(curveQueries(run, view).at(-1));
  });

  it("asks for an attempt that the run does not list yet", () => {
    expect(
      curveQueries({ ...run, attempt: 3 }, { x: "step", keys: ["loss"] }).at(-1)?.attempt,
    ).toBe(3);
  });

  it("asks nothing before the first attempt", () => {
    expect(
      curveQueries({ ...run, attempt: 0, attempts: [] }, { x: "step", keys: ["loss"] }),
    ).toEqual([]);
  });
});

describe("spanStart", () => {
  const steps = Array.from({ length: 101 }, (_, index) => index);
  const view = { x: "step" as const, span: "1h" as const, keys: ["loss"] };

  it("finds the step an hour before the newest point", () => {
    // 101 points, one each six minutes: an hour is ten steps.
    expect(spanStart([answer(1, steps, HOUR / 10)], view)).toBe(90);
  });

  it("looks back into earlier attempts", () => {
    const answers = [
      answer(1, steps.slice(0, 97), HOUR / 10),
      answer(2, steps.slice(95), HOUR / 10),
    ];
    expect(spanStart(answers, view)).toBe(90);
  });

  it("is null for the whole run and for a run younger than the span", () => {
    expect(spanStart([answer(1, steps, HOUR / 10)], { ...view, span: "whole" })).toBeNull();
    expect(spanStart([answer(1, steps, HOUR / 1000)], view)).toBeNull();
    expect(spanStart([], view)).toBeNull();
  });

  it("stays put while the run grows a little", () => {
    const long = Array.from({ length: 2000 }, (_, index) => index);
    const starts = [1990, 1992, 1994].map((length) =>
      spanStart([answer(1, long.slice(0, length), 10_000)], view),
    );
    expect(new Set(starts).size).toBeLessThanOrEqual(2);
  });
});
