import { expect, test } from "vitest";
import { prepareSeries } from "./prepare-series.ts";
import { yDomain } from "./y-domain.ts";

function domainOf(values: number[], scale: "linear" | "log" = "linear"): [number, number] {
  const steps = values.map((_, index) => index);
  const window = { from: 0, to: values.length - 1 };
  const prepared = prepareSeries(
    { kind: "raw", steps, times: steps, x: steps, values },
    { window, pixels: 400, smoothing: 0.9 },
  );
  return yDomain([prepared], { scale, fullWindow: window }) ?? [Number.NaN, Number.NaN];
}

const noise = (index: number): number => 0.1 * Math.sin(index * 1.7);

test("one spike does not stretch the axis", () => {
  const [low, high] = domainOf(
    Array.from({ length: 1000 }, (_, index) => (index === 600 ? 50 : 3 + noise(index))),
  );
  expect(high).toBeLessThan(4);
  expect(low).toBeGreaterThan(2.5);
});

test("the steep beginning of a run does not flatten the rest", () => {
  const [, high] = domainOf(
    Array.from({ length: 2000 }, (_, index) => 3 + 60 * Math.exp(-index / 8)),
  );
  expect(high).toBeLessThan(6);
});

test("ordinary noise stays inside, so that no triangle marks it", () => {
  const values = Array.from({ length: 1000 }, (_, index) => 3 + noise(index));
  const [low, high] = domainOf(values);
  expect(low).toBeLessThan(Math.min(...values));
  expect(high).toBeGreaterThan(Math.max(...values));
});

test("a level line has room above and below, a log axis stays above zero", () => {
  const [low, high] = domainOf([2, 2, 2]);
  expect(high).toBeGreaterThan(low);
  expect(domainOf([1, 0.1, 0, -5, 0.01], "log")[0]).toBeGreaterThan(0);
});

test("without a finite value there is no domain", () => {
  expect(yDomain([], { scale: "linear", fullWindow: { from: 0, to: 1 } })).toBeNull();
});
