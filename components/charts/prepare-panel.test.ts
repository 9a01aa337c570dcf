import { expect, test } from "vitest";
import { preparePanel } from "./prepare-panel.ts";
import type { ChartSeries } from "./series.ts";

function series(values: number[], stepOf = (index: number): number => index): ChartSeries {
  const steps = values.map((_, index) => stepOf(index));
  return {
    id: "m",
    label: "M",
    role: "main",
    attempt: 1,
    data: { kind: "raw", steps, times: steps, x: steps, values },
  };
}

test("a spike of one step stands in a panel of few pixels", () => {
  const values = Array.from({ length: 5000 }, (_, index) => (index === 3210 ? 40 : 1));
  const { y, x, bounds } = preparePanel([series(values)], { from: 0, to: 4999 }, 240);
  expect(y[0]).toContain(40);
  expect(bounds).toEqual([1, 40]);
  expect(x.length).toBeLessThanOrEqual(2 * 122);
});

test("the pen lifts with null in a gap, and undefined only keeps series in step", () => {
  const gappy = series(
    Array.from({ length: 20 }, () => 1),
    (index) => (index < 10 ? index : index + 80),
  );
  const sparse = series([1, 2], (index) => index * 50);
  const { y } = preparePanel([gappy, sparse], { from: 0, to: 100 }, 400);
  expect(y[0]?.filter((value) => value === null)).toHaveLength(1);
  expect(y[1]).toContain(undefined);
  expect(y[1]).not.toContain(null);
});

test("a steep beginning does not flatten what follows", () => {
  const { bounds } = preparePanel(
    [
      series(
        Array.from({ length: 1000 }, (_, index) => (index < 20 ? 100 - index : 1 + (index % 5))),
      ),
    ],
    { from: 0, to: 999 },
    300,
  );
  expect(bounds).toEqual([1, 5]);
});

test("without values there are no bounds", () => {
  expect(preparePanel([], { from: 0, to: 1 }, 300)).toMatchObject({ bounds: null, x: [] });
});

test("a value that only its rounding moves is drawn level", () => {
  const values = Array.from({ length: 50 }, (_, index) => 65 + (index % 3) * 1e-9);
  const { bounds, domain } = preparePanel([series(values)], { from: 0, to: 49 }, 200);
  expect(bounds?.[0]).toBe(bounds?.[1]);
  expect(domain[1] - domain[0]).toBeGreaterThan(1);
});
