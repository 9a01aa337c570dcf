import fc from "fast-check";
import { expect, test } from "vitest";
import { buildPaths } from "./build-paths.ts";
import { prepareLines } from "./prepare-lines.ts";
import { makeScale } from "./scale.ts";
import type { ChartSeries } from "./series.ts";

function seriesOf(values: readonly number[], steps = values.map((_, index) => index)): ChartSeries {
  return {
    id: "loss",
    label: "Loss",
    role: "main",
    attempt: 1,
    data: { kind: "raw", steps, times: steps, x: steps, values },
  };
}

function draw(series: ChartSeries, { smoothing = 0, pixels = 400 } = {}) {
  const length = Math.max(2, series.data.steps.length);
  const window = { from: 0, to: length - 1 };
  const lines = prepareLines([series], { window, pixels, smoothing });
  const place = { x: makeScale([0, length - 1], [0, pixels]), y: makeScale([0, 10], [100, 0]) };
  const [drawn] = buildPaths(lines, place);
  if (drawn === undefined) {
    throw new Error("Nothing was drawn.");
  }
  return drawn;
}

test("the pen lifts at a NaN and comes down behind it", () => {
  const drawn = draw(seriesOf([1, 2, Number.NaN, 3, 4]));
  expect(drawn.top.match(/M/g)).toHaveLength(2);
});

test("a single point between two holes is a dot, for it has no length", () => {
  const values = Array.from({ length: 300 }, () => 2);
  values[149] = Number.NaN;
  values[151] = Number.NaN;
  expect(draw(seriesOf(values)).dots).toHaveLength(1);
});

test("dense points have a band behind the line, sparse smoothed ones their raw line", () => {
  const many = Array.from({ length: 5_000 }, (_, index) => 5 + Math.sin(index));
  expect(draw(seriesOf(many), { smoothing: 0.9 })).toMatchObject({ raw: "" });
  expect(draw(seriesOf(many)).band).not.toBe("");
  const few = draw(seriesOf(many.slice(0, 50)), { smoothing: 0.9 });
  expect(few.band).toBe("");
  expect(few.raw).not.toBe("");
});

test("the highest value of any history reaches its height in the band or line", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 9_999 }),
      fc.integer({ min: 50, max: 1_200 }),
      (at, pixels) => {
        const values = Array.from({ length: 10_000 }, () => 1);
        values[at] = 10;
        const drawn = draw(seriesOf(values), { smoothing: 0.99, pixels });
        const heights = [...drawn.band.matchAll(/[ML][\d.-]+ ([\d.-]+)/g)].map(([, y]) =>
          Number(y),
        );
        expect(Math.min(...heights)).toBe(0);
      },
    ),
    { numRuns: 40 },
  );
});

test("no coordinate runs further out than the plot is high", () => {
  const drawn = draw(seriesOf([1, 1e12, 1, -1e12, Number.NaN, 2]));
  const heights = [...drawn.top.matchAll(/[ML][\d.-]+ ([\d.-]+)/g)].map(([, y]) => Number(y));
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(-100);
  expect(Math.max(...heights)).toBeLessThanOrEqual(200);
});
