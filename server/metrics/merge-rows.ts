import type { Points } from "./points.ts";

/** Rows in rising step order; `columns[k][i]` is key k's value at `steps[i]`, null where it has none. */
export type PointRows = {
  steps: number[];
  times: number[];
  columns: (number | null)[][];
};

/** Rows up to `toStep` are merged; of those only the ones within the times are kept, all bounds included. */
type Bounds = { toStep: number; fromTime: number; toTime: number };
/** Sorted points of one key and how far they are merged. */
type Cursor = { points: Points; at: number };

/** Merges the points of several keys by step; null stands for a key without any. */
export function mergeRows(parts: readonly (Points | null)[], bounds: Bounds): PointRows {
  const rows: PointRows = { steps: [], times: [], columns: parts.map(() => []) };
  const cursors = parts.map((points) => (points === null ? null : { points, at: 0 }));
  for (;;) {
    const next = lowest(cursors);
    if (next === null || next.step > bounds.toStep) {
      return rows;
    }
    const row = cursors.map((cursor) => take(cursor, next.step));
    if (next.time >= bounds.fromTime && next.time <= bounds.toTime) {
      rows.steps.push(next.step);
      rows.times.push(next.time);
      for (const [key, value] of row.entries()) {
        rows.columns[key]?.push(value);
      }
    }
  }
}

function lowest(cursors: readonly (Cursor | null)[]): { step: number; time: number } | null {
  let [step, time] = [Infinity, 0];
  for (const cursor of cursors) {
    const here = cursor?.points.steps[cursor.at];
    if (here !== undefined && here < step) {
      step = here;
      time = cursor?.points.times[cursor.at] as number;
    }
  }
  return step === Infinity ? null : { step, time };
}

/** The key's value at this step, which it then has behind it. */
function take(cursor: Cursor | null, step: number): number | null {
  if (cursor === null || cursor.points.steps[cursor.at] !== step) {
    return null;
  }
  cursor.at += 1;
  return cursor.points.values[cursor.at - 1] as number;
}
