import type { numpy as np } from "@jax-js/jax";
import type { Batch } from "./batch.ts";

/** What the forward pass reads: int32, `[rows, length]` except `lengths` `[rows]`; flags are 0 or 1. */
export type ForwardArrays = {
  input: np.Array;
  isPrompt: np.Array;
  context: np.Array;
  segment: np.Array;
  span: np.Array;
  lengths: np.Array;
};

/** A whole batch on the device; also int32, `[rows, length]`. */
export type BatchArrays = ForwardArrays & { target: np.Array; task: np.Array };

export type BatchArrayName = keyof BatchArrays;

/** The order in which a compiled function takes these arrays. */
export const FORWARD_ARRAYS = [
  "input",
  "isPrompt",
  "context",
  "segment",
  "span",
  "lengths",
] as const satisfies (keyof ForwardArrays)[];

export const BATCH_ARRAYS = [...FORWARD_ARRAYS, "target", "task"] as const;

/** The values of one batch array as the compiled function wants them. */
export function batchValues(batch: Batch, name: BatchArrayName): Int32Array {
  const values = batch[name];
  return values instanceof Int32Array ? values : Int32Array.from(values);
}

export function batchShape(name: BatchArrayName, size: { rows: number; length: number }): number[] {
  return name === "lengths" ? [size.rows] : [size.rows, size.length];
}
