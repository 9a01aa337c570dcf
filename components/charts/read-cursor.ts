import type { ChartModel } from "./chart-model.ts";
import type { ChartEvent } from "./events.ts";
import { findColumn, insideWindow } from "./find-column.ts";
import type { ChartLine } from "./prepare-lines.ts";
import type { Column } from "./prepare-series.ts";

/** What the cross-hair shows at its place. */
export type Reading = {
  px: number;
  column: Column;
  rows: { line: ChartLine; column: Column; py: number; value: number }[];
  events: ChartEvent[];
};

/** The line that the cross-hair walks along: the main series, else the first that has points here. */
export function walkedColumns(model: ChartModel): Column[] {
  const lines = [...model.lines].sort(
    (a, b) => Number(b.series.role === "main") - Number(a.series.role === "main"),
  );
  for (const line of lines) {
    const columns = insideWindow(line.prepared.columns, model.window);
    if (columns.length > 0) {
      return columns;
    }
  }
  return [];
}

const NEAR_PX = 8;
const SPARSE_PX = 40;

/** Reads every line at the cross-hair; a line without a point near it has nothing to say there. */
export function readCursor(model: ChartModel, x: number): Reading | null {
  const columns = walkedColumns(model);
  const column = columns[findColumn(columns, x)];
  if (!column) {
    return null;
  }
  const px = model.x.px(column.x);
  const rows = model.lines.flatMap((line) => {
    const near = line.prepared.columns[findColumn(line.prepared.columns, column.x)];
    const reach = line.series.role === "other" ? SPARSE_PX : NEAR_PX;
    if (!near || Math.abs(model.x.px(near.x) - px) > reach) {
      return [];
    }
    const value = line.smoothing > 0 ? near.smooth : near.mean;
    return [{ line, column: near, value, py: model.y.px(value) }];
  });
  const marks = model.lanes.flatMap((lane) => lane.marks);
  const events = marks
    .filter((mark) => Math.abs(mark.px - px) <= NEAR_PX)
    .flatMap((mark) => mark.events);
  return { px, column, rows, events };
}
