import { createHash } from "node:crypto";
import { packBatch } from "../metrics/packed-batch.ts";
import type { CheckedBatch } from "./check-batch.ts";

/**
 * SHA-256 of what a batch says, whatever its JSON looked like: white space, the order of the keys and `NaN` against
 * `"NaN"` make no difference. Times that were left out count as left out, not as the clock's that stood in.
 */
export function hashBatch(batch: CheckedBatch): Buffer {
  const sorted = Object.fromEntries(
    Object.entries(batch.series).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const columns = {
    steps: batch.steps,
    times: batch.times.length === 0 ? batch.steps.map(() => 0) : batch.times,
    series: sorted,
  };
  return createHash("sha256")
    .update(packBatch(columns))
    .update(JSON.stringify([batch.events, batch.lines]))
    .digest();
}
