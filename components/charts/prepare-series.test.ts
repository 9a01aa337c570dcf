import fc from "fast-check";
import { expect, test } from "vitest";
import { prepareSeries } from "./prepare-series.ts";
import { at, type RawData, type SeriesData } from "./series.ts";

function rawOf(values: readonly number[], stepOf = (index: number): number => index): RawData {
  const steps = values.map((_, index) => stepOf(index));
  return { kind: "raw", steps, times: steps.map((step) => step * 1000), x: steps, values };
}

/** Every `size` points become one bucket, as the store does it. */
function bucketsOf(raw: RawData, size: number): SeriesData {
  const starts = raw.x.flatMap((_, index) => (index % size === 0 ? [index] : []));
  const groups = starts.map((start) => ({
    start,
    end: Math.min(start + size, raw.x.length) - 1,
    values: raw.values.slice(start, start + size),
  }));
  const from = (values: readonly number[]): number[] =>
    groups.map(({ start }) => at(values, start));
  const to = (values: readonly number[]): number[] => groups.map(({ end }) => at(values, end));
  const fold = (change: (values: number[]) => number): number[] =>
    groups.map(({ values }) => change(values));
  return {
    kind: "buckets",
    steps: from(raw.steps),
    lastSteps: to(raw.steps),
    times: from(raw.times),
    lastTimes: to(raw.times),
    x: from(raw.x),
    lastX: to(raw.x),
    first: from(raw.values),
    last: to(raw.values),
    min: fold((values) => Math.min(...values)),
    max: fold((values) => Math.max(...values)),
    mean: fold((values) => values.reduce((sum, value) => sum + value, 0) / values.length),
    count: fold((values) => values.length),
    nonFinite: groups.map(() => 0),
  };
}

const spiky = fc.record({
  length: fc.integer({ min: 1, max: 3000 }),
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  pixels: fc.integer({ min: 1, max: 400 }),
  zoom: fc.double({ min: 0.001, max: 1, noNaN: true }),
  side: fc.double({ min: 0, max: 1, noNaN: true }),
  bucket: fc.integer({ min: 1, max: 40 }),
});

test("a spike of one step is there at every zoom, from raw points and from buckets", () => {
  fc.assert(
    fc.property(spiky, ({ length, place, pixels, zoom, side, bucket }) => {
      const spike = Math.floor(place * (length - 1));
      const raw = rawOf(
        Array.from({ length }, (_, index) => (index === spike ? 100 : 3 + Math.sin(index))),
      );
      const width = Math.max(1, zoom * length);
      const window = { from: spike - side * width, to: spike + (1 - side) * width };
      for (const data of [raw, bucketsOf(raw, bucket)]) {
        const { columns } = prepareSeries(data, { window, pixels, smoothing: 0.9 });
        expect(columns.some((column) => column.max === 100)).toBe(true);
      }
    }),
  );
});

test("there are never more columns than pixels and one neighbour on either side", () => {
  fc.assert(
    fc.property(spiky, ({ length, pixels, zoom, place, bucket }) => {
      const raw = rawOf(Array.from({ length }, (_, index) => index % 7));
      const from = place * length;
      const window = { from, to: from + Math.max(1, zoom * length) };
      for (const data of [raw, bucketsOf(raw, bucket)]) {
        expect(
          prepareSeries(data, { window, pixels, smoothing: 0 }).columns.length,
        ).toBeLessThanOrEqual(pixels + 2);
      }
    }),
  );
});

test("columns keep lowest, highest, first and last, and lose no point", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 30, maxLength: 400 }),
      fc.integer({ min: 1, max: 20 }),
      (values, pixels) => {
        const window = { from: 0, to: values.length - 1 };
        const { columns } = prepareSeries(rawOf(values), { window, pixels, smoothing: 0 });
        expect(columns.reduce((sum, column) => sum + column.count, 0)).toBe(values.length);
        expect(Math.min(...columns.map((column) => column.min))).toBe(Math.min(...values));
        expect(Math.max(...columns.map((column) => column.max))).toBe(Math.max(...values));
        expect(columns[0]?.first).toBe(values[0]);
        expect(columns.at(-1)?.last).toBe(values.at(-1));
      },
    ),
  );
});

test("under one point per pixel every point stands for itself", () => {
  const prepared = prepareSeries(rawOf([3, 2, 1]), {
    window: { from: 0, to: 2 },
    pixels: 100,
    smoothing: 0.9,
  });
  expect(prepared.mode).toBe("raw");
  expect(prepared.columns.map((column) => column.mean)).toEqual([3, 2, 1]);
});

test("a short dense attempt in a wide window is drawn as a band", () => {
  const prepared = prepareSeries(rawOf(Array.from({ length: 50 }, () => 1)), {
    window: { from: 0, to: 5000 },
    pixels: 500,
    smoothing: 0.9,
  });
  expect(prepared.mode).toBe("band");
});

test("missing steps are a gap, and the pen lifts over it", () => {
  const data = rawOf(
    Array.from({ length: 40 }, () => 1),
    (index) => (index < 20 ? index : index + 100),
  );
  const prepared = prepareSeries(data, {
    window: { from: 0, to: 200 },
    pixels: 1000,
    smoothing: 0.9,
  });
  expect(prepared.gaps).toEqual([{ from: 19, to: 120 }]);
  expect(prepared.columns.filter((column) => column.lift).map((column) => column.step)).toEqual([
    0, 120,
  ]);
});

test("a series that becomes sparser for good has no gaps", () => {
  const data = rawOf(
    Array.from({ length: 40 }, () => 1),
    (index) => (index < 20 ? index : 20 + (index - 19) * 50),
  );
  expect(
    prepareSeries(data, { window: { from: 0, to: 1200 }, pixels: 2000, smoothing: 0 }).gaps,
  ).toEqual([]);
});

test("NaN is marked at its step, has no column, and lifts the pen", () => {
  const prepared = prepareSeries(rawOf([1, 1, Number.NaN, 1, Number.NEGATIVE_INFINITY, 1]), {
    window: { from: 0, to: 5 },
    pixels: 100,
    smoothing: 0.5,
  });
  expect(prepared.nans.map((nan) => nan.step)).toEqual([2, 4]);
  expect(prepared.columns.map((column) => [column.step, column.lift])).toEqual([
    [0, true],
    [1, false],
    [3, true],
    [5, true],
  ]);
});

test("nothing comes of nothing, and all NaN draws no line", () => {
  const window = { from: 0, to: 10 };
  expect(prepareSeries(rawOf([]), { window, pixels: 100, smoothing: 0.9 })).toMatchObject({
    columns: [],
    newest: null,
  });
  const lost = prepareSeries(rawOf([Number.NaN, Number.NaN]), {
    window,
    pixels: 100,
    smoothing: 0.9,
  });
  expect(lost.columns).toEqual([]);
  expect(lost.newest?.smooth).toBeNaN();
});
