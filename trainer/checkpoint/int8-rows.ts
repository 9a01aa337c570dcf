import type { Tensor } from "../model/parameters.ts";
import { roundTensor } from "./round-tensor.ts";
import { widenTensor } from "./widen-tensor.ts";

const LARGEST = 127;

/** A matrix in bytes, and what each of its rows is multiplied by to have the values back. */
export type Int8Rows = { values: Int8Array; scales: Float32Array };

/** The linear maps of the layers; embeddings, norms and position biases are left as they are. */
export function isQuantized(name: string, { shape }: Tensor): boolean {
  return shape.length === 2 && /^encoder\.layers\.\d+\..*\.weight$/.test(name);
}

/**
 * Each row in 255 steps of its own size: the largest magnitude of a row is 127 steps, a value is the nearest whole number
 * of steps, ties to even. The step is rounded to half precision first, as it is stored, so that nothing is lost twice.
 */
export function quantizeRows({ shape, data }: Tensor): Int8Rows {
  const [rows = 0, width = 0] = shape;
  const values = new Int8Array(rows * width);
  const exact = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const own = data.subarray(row * width, (row + 1) * width);
    exact[row] = own.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / LARGEST;
  }
  const scales = widenTensor(roundTensor(exact, "fp16"), "fp16");
  for (let row = 0; row < rows; row++) {
    const scale = scales[row] ?? 0;
    for (let at = row * width; scale > 0 && at < (row + 1) * width; at++) {
      values[at] = Math.max(-LARGEST, Math.min(LARGEST, roundToEven((data[at] ?? 0) / scale)));
    }
  }
  return { values, scales };
}

export function restoreRows({ values, scales }: Int8Rows): Float32Array {
  const width = scales.length === 0 ? 0 : values.length / scales.length;
  return Float32Array.from(values, (value, at) => value * (scales[Math.floor(at / width)] ?? 0));
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) {
    return Math.round(value);
  }
  return floor % 2 === 0 ? floor : floor + 1;
}
