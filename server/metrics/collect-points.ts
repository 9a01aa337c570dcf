import type { PackedColumn, UnpackedBatch } from "./packed-batch.ts";
import { newPoints, type Points, sortPoints } from "./points.ts";

/** The points of each key in some batches of one attempt, oldest first: sorted, of repeated steps the later message's. */
export function collectPoints(batches: UnpackedBatch[]): Map<string, Points> {
  const parts = new Map<string, { batch: UnpackedBatch; column: PackedColumn }[]>();
  for (const batch of batches) {
    for (const [key, column] of batch.columns) {
      const list = parts.get(key);
      if (list === undefined) {
        parts.set(key, [{ batch, column }]);
      } else {
        list.push({ batch, column });
      }
    }
  }
  const collected = new Map<string, Points>();
  for (const [key, list] of parts) {
    const points = newPoints(list.reduce((sum, { column }) => sum + column.values.length, 0));
    let at = 0;
    for (const { batch, column } of list) {
      points.values.set(column.values, at);
      for (let index = 0; index < column.rows.length; index++) {
        const row = column.rows[index] as number;
        points.steps[at] = batch.steps[row] as number;
        points.times[at] = batch.times[row] as number;
        at += 1;
      }
    }
    collected.set(key, sortPoints(points));
  }
  return collected;
}
