import fc from "fast-check";
import { expect, test } from "vitest";
import { appendFrame } from "./append-frame.ts";
import { type ChartSeries, emptyData, type SeriesData, toBuckets } from "./series.ts";

const series = (data: SeriesData): ChartSeries => ({
  id: "loss",
  label: "Loss",
  role: "main",
  attempt: 1,
  data,
});
const frame = (steps: number[], values: (number | "NaN" | null)[]) => ({
  attempt: 1,
  steps,
  times: steps.map((step) => step * 10),
  series: { loss: values, tokens: steps.map((step) => step * 100) },
});

test("new points follow, and nulls are no points", () => {
  const { data } = appendFrame(series(emptyData), frame([1, 2, 3], [5, null, "NaN"]), "step");
  expect(data).toEqual({
    kind: "raw",
    steps: [1, 3],
    times: [10, 30],
    x: [1, 3],
    values: [5, Number.NaN],
  });
});

test("a frame of another attempt changes nothing", () => {
  const before = series(emptyData);
  expect(appendFrame(before, { ...frame([1], [5]), attempt: 2 }, "step")).toBe(before);
});

test("the axis decides where a point stands", () => {
  const place = (axis: "tokens" | "time") =>
    appendFrame(series(emptyData), frame([7], [1]), axis).data.x;
  expect(place("tokens")).toEqual([700]);
  expect(place("time")).toEqual([70]);
});

test("a repeated frame changes nothing, and late points take their place", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 1 }), (steps) => {
      const once = steps.reduce(
        (all, step) => appendFrame(all, frame([step], [step / 2]), "step"),
        series(emptyData),
      );
      const sorted = [...steps].sort((a, b) => a - b);
      expect(once.data.steps).toEqual(sorted);
      expect(once.data.kind === "raw" && once.data.values).toEqual(sorted.map((step) => step / 2));
      const again = steps.reduce(
        (all, step) => appendFrame(all, frame([step], [step / 2]), "step"),
        once,
      );
      expect(again.data).toEqual(once.data);
    }),
  );
});

test("the series that was given is left as it was", () => {
  const before = series({ kind: "raw", steps: [1], times: [10], x: [1], values: [2] });
  appendFrame(before, frame([2], [9]), "step");
  expect(before.data.steps).toEqual([1]);
});

test("buckets grow, and keep extremes, count and mean", () => {
  const buckets = toBuckets({
    kind: "raw",
    steps: [1, 2],
    times: [10, 20],
    x: [1, 2],
    values: [4, 4],
  });
  const wide = {
    ...buckets,
    steps: [1],
    lastSteps: [2],
    times: [10],
    lastTimes: [20],
    x: [1],
    lastX: [2],
    min: [4],
    max: [4],
    first: [4],
    last: [4],
    mean: [4],
    count: [2],
    nonFinite: [0],
  };
  const { data } = appendFrame(series(wide), frame([3, 4], [1, 100]), "step");
  expect(toBuckets(data)).toMatchObject({
    steps: [1, 3],
    lastSteps: [2, 4],
    min: [4, 1],
    max: [4, 100],
    count: [2, 2],
  });
  expect(toBuckets(data).mean[1]).toBeCloseTo(50.5);
});

test("however long a run is watched, the series stays small and keeps its spike", () => {
  let watched = series(emptyData);
  for (let batch = 0; batch < 12; batch += 1) {
    const steps = Array.from({ length: 1000 }, (_, index) => batch * 1000 + index);
    watched = appendFrame(
      watched,
      frame(
        steps,
        steps.map((step) => (step === 137 ? 99 : 1)),
      ),
      "step",
    );
  }
  const buckets = toBuckets(watched.data);
  expect(buckets.steps.length).toBeLessThanOrEqual(4000);
  expect(Math.max(...buckets.max)).toBe(99);
  expect(buckets.count.reduce((sum, count) => sum + count, 0)).toBe(12_000);
  expect(buckets.lastSteps.at(-1)).toBe(11_999);
});
