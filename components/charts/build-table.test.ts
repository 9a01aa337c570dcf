import { expect, test } from "vitest";
import { buildTable } from "./build-table.ts";
import type { ChartSeries } from "./series.ts";

function series(id: string, steps: number[]): ChartSeries {
  return {
    id,
    label: id,
    role: "main",
    attempt: 1,
    data: { kind: "raw", steps, times: steps, x: steps, values: steps.map((step) => step / 10) },
  };
}

const long = series(
  "loss",
  Array.from({ length: 600 }, (_, index) => index),
);

test("rows are few, newest first, and cover every step", () => {
  const rows = buildTable([long], { from: 0, to: 599 });
  expect(rows.length).toBeLessThanOrEqual(62);
  expect(rows[0]?.lastStep).toBe(599);
  expect(rows.at(-1)?.step).toBe(0);
  expect(rows.reduce((sum, row) => sum + (row.cells[0]?.count ?? 0), 0)).toBe(600);
});

test("a sparse series has a cell only in its own rows", () => {
  const rows = buildTable([long, series("eval", [100, 500])], { from: 0, to: 599 });
  expect(rows.filter((row) => row.cells[1] !== null)).toHaveLength(2);
});
