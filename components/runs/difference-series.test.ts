import { expect, test } from "vitest";
import type { ChartSeries } from "#components/charts/series.ts";
import { differenceSeries } from "./difference-series.ts";

const line = (x: number[], values: number[]): ChartSeries => ({
  id: "a",
  label: "a",
  role: "main",
  attempt: 1,
  data: { kind: "raw", steps: x, times: x, x, values },
});

test("the difference stands at the run's own places and reads the base between its points", () => {
  const { data } = differenceSeries(line([0, 5, 10], [3, 3, 3]), line([0, 10], [1, 2]));
  expect(data).toMatchObject({ x: [0, 5, 10], values: [2, 1.5, 1] });
});

test("where only one of the two runs there is no difference", () => {
  const { data } = differenceSeries(line([0, 10, 20], [3, 3, 3]), line([5, 15], [1, 1]));
  expect(data).toMatchObject({ x: [10], values: [2] });
});
