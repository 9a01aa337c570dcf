import fc from "fast-check";
import { expect, test } from "vitest";
import { findHeatCell, type HeatData, prepareHeatMap } from "./prepare-heat-map.ts";

const data = (values: (number | null)[][], steps = [0, 100, 200]): HeatData => ({
  steps,
  lastSteps: steps,
  rows: values.map((row, index) => ({ key: `layer/${index}`, label: String(index), values: row })),
});
const options = { window: { from: 0, to: 200 }, width: 400, scale: "linear" } as const;

test("columns of single steps meet half way, so that nothing of the picture stays empty", () => {
  const { columns } = prepareHeatMap(data([[1, 2, 3]]), options);
  expect(columns).toEqual([
    { left: 0, width: 100 },
    { left: 100, width: 200 },
    { left: 300, width: 100 },
  ]);
});

test("a long silence between two measurements stays empty", () => {
  const steps = [0, 10, 20, 30, 400, 410];
  const { columns } = prepareHeatMap(data([steps.map(() => 1)], steps), {
    ...options,
    window: { from: 0, to: 410 },
    width: 410,
  });
  expect(columns[3]).toEqual({ left: 25, width: 15 });
  expect(columns[4]?.left).toBe(390);
});

test("a layer without a value has no cell", () => {
  const { cells } = prepareHeatMap(data([[1, null, 3]]), options);
  expect(cells.map(({ column }) => column)).toEqual([0, 2]);
});

test("one wild value takes the last colour and leaves the others theirs", () => {
  const steps = Array.from({ length: 200 }, (_, step) => step);
  const values = steps.map((step) => (step === 7 ? 1e9 : step / 200));
  const { cells, domain } = prepareHeatMap(data([values], steps), options);
  expect(domain[1]).toBeLessThan(1.1);
  expect(cells[7]?.tone).toBe(1);
  expect(cells[100]?.tone).toBeCloseTo(0.5, 1);
});

test("values on both sides of zero get colours of two directions, with zero in the middle", () => {
  const { cells, diverging, domain } = prepareHeatMap(data([[-1, 0, 4]]), options);
  expect(diverging).toBe(true);
  expect(domain).toEqual([-4, 4]);
  expect(cells.map(({ tone }) => tone)).toEqual([-0.25, 0, 1]);
});

test("a logarithmic scale is kept for positive values only", () => {
  const log = prepareHeatMap(data([[1, 10, 100]]), { ...options, scale: "log" });
  expect(log.cells.map(({ tone }) => tone)).toEqual([0, 0.5, 1]);
  expect(prepareHeatMap(data([[0, 10, 100]]), { ...options, scale: "log" }).scale).toBe("linear");
});

test("a tone never leaves its range and columns never overlap", () => {
  const value = fc.option(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { nil: null });
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(10_000), { minLength: 1, maxLength: 40 }),
      fc.infiniteStream(value),
      (places, stream) => {
        const steps = places.sort((a, b) => a - b);
        const row = steps.map(() => stream.next().value ?? null);
        const model = prepareHeatMap(data([row], steps), { ...options, scale: "log" });
        for (const { tone } of model.cells) {
          expect(Math.abs(tone)).toBeLessThanOrEqual(1);
        }
        model.columns.forEach(({ left }, index) => {
          const before = model.columns[index - 1];
          expect(left).toBeGreaterThanOrEqual((before?.left ?? 0) + (before?.width ?? 0) - 1e-6);
        });
      },
    ),
  );
});

test("a place of the drawing leads to its cell, a gap to none", () => {
  const model = prepareHeatMap(data([[1, 2, 3]]), options);
  expect(findHeatCell(model, { x: 150, y: 5 }, { count: 1, height: 12 })).toEqual({
    row: 0,
    column: 1,
  });
  expect(findHeatCell(model, { x: 150, y: 13 }, { count: 1, height: 12 })).toBeNull();
});
