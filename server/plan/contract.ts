/**
 * What the training plan fixes in numbers, as pure functions that any side can load. The trainer has its own, which a
 * test holds to these.
 */

/** A size by its number of layers and its hidden width. */
export type ModelSize = { layers: number; width: number };

/** Constants of CPM-Ant that every size shares. A head is 128 wide, and a feed-forward block 2.5 widths. */
export const ANT_SHAPE = {
  vocabulary: 30_720,
  promptTypes: 32,
  promptLength: 32,
  segmentTypes: 32,
  buckets: 512,
  maxDistance: 2_048,
  headWidth: 128,
  feedforwardFactor: 2.5,
} as const;

/** L(4·d·H·h + 3·d·f + 2d) + d + (V + T·P + S)·d + (S² + B)·H */
export function countPlannedParameters({ layers, width: d }: ModelSize): number {
  const { vocabulary, promptTypes, promptLength, segmentTypes, buckets, headWidth } = ANT_SHAPE;
  const heads = d / headWidth;
  const layer = 4 * d * heads * headWidth + 3 * d * d * ANT_SHAPE.feedforwardFactor + 2 * d;
  const embeddings = (vocabulary + promptTypes * promptLength + segmentTypes) * d;
  return layers * layer + d + embeddings + (segmentTypes ** 2 + buckets) * heads;
}

/**
 * `target`: what training aims at; `compressed`: smaller versions made from the target; `later`: sizes to grow to;
 * `comparison`: another model, for scale.
 */
export type SizeRole = "target" | "compressed" | "later" | "comparison";
export type PlannedSize = ModelSize & { name: string; role: SizeRole };

/** The sizes that the plan names, smallest first. */
export const PLANNED_SIZES: readonly PlannedSize[] = [
  { name: "0.3B", layers: 24, width: 1_024, role: "compressed" },
  { name: "1B", layers: 24, width: 2_048, role: "compressed" },
  { name: "3B", layers: 36, width: 2_560, role: "compressed" },
  { name: "7B", layers: 36, width: 4_096, role: "compressed" },
  { name: "10B", layers: 48, width: 4_096, role: "target" },
  { name: "20B", layers: 60, width: 5_120, role: "later" },
  { name: "25B", layers: 72, width: 5_120, role: "later" },
  { name: "60B", layers: 72, width: 8_192, role: "later" },
  { name: "175B", layers: 96, width: 12_288, role: "comparison" },
];

/** Whether query i may look at key j, within one sample: given tokens are seen by all, others by what follows. */
export function mayAttend(given: readonly boolean[], i: number, j: number): boolean {
  return given[j] === true || (given[i] !== true && j <= i);
}

/** Half of the buckets look back, half ahead; near distances have one each, far ones share by logarithm. */
export function distanceBucket(distance: number): number {
  const half = ANT_SHAPE.buckets / 2;
  const exact = half / 2;
  const base = distance > 0 ? half : 0;
  const size = Math.abs(distance);
  if (size < exact) {
    return base + size;
  }
  const f32 = Math.fround;
  const reach = f32(Math.log(f32(ANT_SHAPE.maxDistance / exact)));
  const share = f32(f32(Math.log(f32(size / exact))) / reach);
  return base + Math.min(half - 1, exact + Math.trunc(f32(share * (half - exact))));
}
