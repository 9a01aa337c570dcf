import type { numpy as np } from "@jax-js/jax";
import type { Batch } from "./batch.ts";
import { collectTargets } from "./collect-targets.ts";

/** What the forward pass reads: int32, `[rows, length]` except `lengths` `[rows]`; flags are 0 or 1. */
export type ForwardArrays = {
  input: np.Array;
  isPrompt: np.Array;
  context: np.Array;
  segment: np.Array;
  span: np.Array;
  lengths: np.Array;
};

/** The positions that have a target, int32 `[targets]`; see `collectTargets`. */
export type TargetArrays = { position: np.Array; target: np.Array; task: np.Array };

/** A whole batch on the device. */
export type BatchArrays = ForwardArrays & TargetArrays;

/** The order in which a compiled function takes these arrays. */
export const FORWARD_ARRAYS = [
  "input",
  "isPrompt",
  "context",
  "segment",
  "span",
  "lengths",
] as const satisfies (keyof ForwardArrays)[];

export const TARGET_ARRAYS = [
  "position",
  "target",
  "task",
] as const satisfies (keyof TargetArrays)[];

/** Values and shapes of the arrays of the forward pass, in their order. */
export function forwardValues(batch: Batch): { values: Int32Array; shape: number[] }[] {
  return FORWARD_ARRAYS.map((name) => {
    const values = batch[name];
    return {
      values: values instanceof Int32Array ? values : Int32Array.from(values),
      shape: forwardShape(name, batch),
    };
  });
}

/** Values and shapes of the arrays of the targets, in their order. */
export function targetValues(
  batch: Batch,
  capacity: number,
): { values: Int32Array; shape: number[] }[] {
  const targets = collectTargets(batch, capacity);
  return TARGET_ARRAYS.map((name) => ({ values: targets[name], shape: [capacity] }));
}

export function forwardShape(
  name: keyof ForwardArrays,
  size: { rows: number; length: number },
): number[] {
  return name === "lengths" ? [size.rows] : [size.rows, size.length];
}
