import { expect, test } from "vitest";
import { parseSeries, toBuckets, toChartSeries, toWireSeries } from "./series.ts";

const raw = { kind: "raw", attempt: 2, steps: [1, 2], times: [10, 20], x: [1, 2] } as const;

test("words on the wire become numbers", () => {
  const series = toChartSeries(
    { ...raw, values: [3.5, "NaN"] },
    { id: "loss", label: "Loss", role: "main" },
  );
  expect(series).toMatchObject({ attempt: 2, label: "Loss", data: { values: [3.5, Number.NaN] } });
});

test("an answer is parsed once, and numbers put into the wire's shape not at all", () => {
  const wire = { ...raw, values: [3.5, "NaN"] } as const;
  expect(parseSeries(wire)).toBe(parseSeries(wire));
  const data = parseSeries(wire);
  const again = toWireSeries(data, 2);
  expect(again).toMatchObject({ attempt: 2, values: [3.5, Number.NaN] });
  expect(parseSeries(again)).toBe(data);
});

test("a raw point is a bucket of one, and an infinity counts as not finite", () => {
  const buckets = toBuckets({ ...raw, values: [3.5, Number.POSITIVE_INFINITY] });
  expect(buckets.count).toEqual([1, 1]);
  expect(buckets.nonFinite).toEqual([0, 1]);
  expect(buckets.max).toEqual([3.5, Number.NaN]);
  expect(buckets.last).toEqual([3.5, Number.POSITIVE_INFINITY]);
});
