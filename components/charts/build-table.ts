import { findColumn, insideWindow } from "./find-column.ts";
import { type Column, prepareSeries } from "./prepare-series.ts";
import type { ChartSeries, ChartWindow } from "./series.ts";

export type TableCell = { mean: number; min: number; max: number; count: number };
export type TableRow = {
  step: number;
  lastStep: number;
  x: number;
  time: number;
  cells: (TableCell | null)[];
};

/** More rows than this nobody reads; the numbers in full are in the export. */
const MAX_ROWS = 60;

/**
 * The window's numbers as rows, walked along the first series; others give their nearest value within
 * half a row. Newest first, for that is what people look for.
 */
export function buildTable(series: readonly ChartSeries[], window: ChartWindow): TableRow[] {
  const columns = series.map(({ data }) =>
    insideWindow(prepareSeries(data, { window, pixels: MAX_ROWS, smoothing: 0 }).columns, window),
  );
  const lead = columns.reduce(
    (best, one) => (one.length > best.length ? one : best),
    columns[0] ?? [],
  );
  const reach = (window.to - window.from) / MAX_ROWS / 2;
  return lead
    .map((row) => ({
      step: row.step,
      lastStep: row.lastStep,
      x: row.lastX,
      time: row.lastTime,
      cells: columns.map((own) => cellAt(own, { x: row.x, reach })),
    }))
    .reverse();
}

function cellAt(
  columns: readonly Column[],
  { x, reach }: { x: number; reach: number },
): TableCell | null {
  const near = columns[findColumn(columns, x)];
  return near && Math.abs(near.x - x) <= reach
    ? { mean: near.mean, min: near.min, max: near.max, count: near.count }
    : null;
}
