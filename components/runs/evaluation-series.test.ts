import { expect, test } from "vitest";
import { evaluationSeries } from "./evaluation-series.ts";

const attempt = (number: number, fromStep: number) => ({
  number,
  fromStep,
  reason: "",
  startedAt: 0,
  lastStep: null,
});
const evaluation = (attempt: number, step: number, results: Record<string, number | "NaN">) => ({
  attempt,
  step,
  time: 1_000 + step,
  results,
});
const run = { attempts: [attempt(1, 0), attempt(2, 150)], startedAt: 1_000 };

test("results that a roll-back left behind are no part of the line", () => {
  const [line] = evaluationSeries({
    run,
    evaluations: [
      evaluation(2, 200, { acc: 0.5 }),
      evaluation(1, 200, { acc: 0.1 }),
      evaluation(1, 100, { acc: 0.3 }),
    ],
    x: "step",
    labelOf: (key) => key,
  });
  expect(line?.data).toMatchObject({ steps: [100, 200], values: [0.3, 0.5] });
});

test("a result that one evaluation lacks is left out there, and NaN stays NaN", () => {
  const lines = evaluationSeries({
    run,
    evaluations: [evaluation(1, 100, { a: 1, b: "NaN" }), evaluation(1, 50, { a: 2 })],
    x: "relative",
    labelOf: (key) => key,
  });
  expect(lines.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(lines[0]?.data).toMatchObject({ x: [50, 100], values: [2, 1] });
  expect(lines[1]?.data).toMatchObject({ x: [100], values: [Number.NaN] });
});
