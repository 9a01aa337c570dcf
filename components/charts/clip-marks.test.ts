import { expect, test } from "vitest";
import { clipMarks } from "./clip-marks.ts";
import { prepareSeries } from "./prepare-series.ts";
import { makeScale } from "./scale.ts";

function marksOf(values: number[]) {
  const steps = values.map((_, index) => index);
  const window = { from: 0, to: 999 };
  const { columns } = prepareSeries(
    { kind: "raw", steps, times: steps, x: steps, values },
    { window, pixels: 500, smoothing: 0 },
  );
  return clipMarks(columns, { x: makeScale([0, 999], [0, 500]), y: makeScale([0, 10], [100, 0]) });
}

test("a value outside the plot gets a triangle that says it", () => {
  const values = Array.from({ length: 1000 }, (_, index) =>
    index === 400 ? 46 : index === 800 ? -3 : 5,
  );
  expect(marksOf(values)).toMatchObject([
    { edge: "top", value: 46, wide: false },
    { edge: "bottom", value: -3, wide: false },
  ]);
});

test("a stretch outside is one mark with its most extreme value and the stretch's end", () => {
  const [mark, ...more] = marksOf(
    Array.from({ length: 1000 }, (_, index) => (index < 100 ? 110 - index : 5)),
  );
  expect(more).toEqual([]);
  expect(mark).toMatchObject({ edge: "top", value: 110, step: 0, wide: true });
  expect(mark?.endPx).toBeGreaterThan(45);
});

test("what lies inside has no mark", () => {
  expect(marksOf(Array.from({ length: 1000 }, () => 5))).toEqual([]);
});
