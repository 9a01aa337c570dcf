import type { ChartModel } from "./chart-model.ts";
import { insideWindow } from "./find-column.ts";

/** The trend of a chart's main line over the shown window, for its name. */
export type Summary = {
  trend: "falls" | "rises" | "level";
  first: { value: number; step: number };
  last: { value: number; step: number };
  lowest: number;
};

/** A change under this share of the values themselves is called level. */
const LEVEL = 0.005;

export function summarise(model: ChartModel): Summary | null {
  const line = model.lines.find((one) => one.series.role === "main") ?? model.lines[0];
  const columns = line ? insideWindow(line.prepared.columns, model.window) : [];
  const [first, last] = [columns[0], columns.at(-1)];
  if (!first || !last) {
    return null;
  }
  const change = last.smooth - first.smooth;
  const size = Math.max(Math.abs(first.smooth), Math.abs(last.smooth));
  return {
    trend: Math.abs(change) <= LEVEL * size ? "level" : change < 0 ? "falls" : "rises",
    first: { value: first.smooth, step: first.step },
    last: { value: last.smooth, step: last.lastStep },
    lowest: columns.reduce((best, column) => Math.min(best, column.min), Number.POSITIVE_INFINITY),
  };
}
