import { createHash } from "node:crypto";
import { packBatch } from "../metrics/packed-batch.ts";
import type { CheckedBatch } from "./check-batch.ts";

export type BatchContent = {
  /** SHA-256 of what the batch says. */
  hash: Buffer;
  /** Its numbers as they are stored; times that were left out are all 0 here. */
  packed: Buffer;
};

/**
 * What a batch says, whatever its JSON looked like: white space, the order of the keys and `NaN` against `"NaN"` make no
 * difference. Times that were left out count as left out, not as the clock's that will stand in.
 */
export function contentOf(batch: CheckedBatch): BatchContent {
  const sorted = Object.entries(batch.series).sort(([a], [b]) => (a < b ? -1 : 1));
  const packed = packBatch({
    steps: batch.steps,
    times: batch.times.length === 0 ? batch.steps.map(() => 0) : batch.times,
    series: Object.fromEntries(sorted),
  });
  const hash = createHash("sha256")
    .update(packed)
    .update(JSON.stringify([batch.events, batch.lines]))
    .digest();
  return { hash, packed };
}
