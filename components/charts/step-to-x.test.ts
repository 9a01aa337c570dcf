import { expect, test } from "vitest";
import type { SeriesData } from "./series.ts";
import { stepToX } from "./step-to-x.ts";

const data: SeriesData = {
  kind: "raw",
  steps: [0, 10, 20],
  times: [0, 1, 2],
  x: [0, 1000, 3000],
  values: [1, 1, 1],
};

test("on the step axis a step is its own place", () => {
  expect(stepToX(7, "step", [])).toBe(7);
});

test("on other axes it lies between its neighbours", () => {
  expect(stepToX(15, "tokens", [data])).toBe(2000);
  expect(stepToX(20, "tokens", [data])).toBe(3000);
});

test("beyond all series there is no place", () => {
  expect(stepToX(21, "tokens", [data])).toBeNaN();
});
