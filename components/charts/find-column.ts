import type { Column } from "./prepare-series.ts";

/** The index of the column nearest to a place on the x axis; −1 when there is none. */
export function findColumn(columns: readonly Column[], x: number): number {
  let [low, high] = [0, columns.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((columns[middle]?.x ?? Number.POSITIVE_INFINITY) <= x) {
      low = middle;
    } else {
      high = middle;
    }
  }
  const [a, b] = [columns[low], columns[high]];
  if (!a || !b) {
    return -1;
  }
  return Math.abs(b.x - x) < Math.abs(a.x - x) ? high : low;
}

/** Columns inside the window: the neighbours beyond its edges are drawn but never pointed at. */
export function insideWindow(
  columns: readonly Column[],
  window: { from: number; to: number },
): Column[] {
  return columns.filter((column) => column.x >= window.from && column.x <= window.to);
}
