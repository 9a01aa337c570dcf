import { at } from "./series.ts";

export type SmoothOptions = {
  /** How many points each entry stands for; a bucket of n decays like n points. Default 1. */
  counts?: readonly number[];
  /** True where the memory starts afresh, e.g. after a gap. */
  restarts?: readonly boolean[];
};

/**
 * Debiased exponential moving average: m ← βm + (1−β)v, divided by the weight gathered so far, so that
 * the first values are not pulled towards zero (the correction of Adam, Kingma & Ba 2015, section 3).
 * A NaN gives NaN and is skipped; what was remembered before it stays.
 */
export function smooth(
  values: readonly number[],
  factor: number,
  { counts, restarts }: SmoothOptions = {},
): number[] {
  let memory = 0;
  let weight = 0;
  return values.map((value, index) => {
    if (restarts?.[index]) {
      memory = 0;
      weight = 0;
    }
    if (!Number.isFinite(value)) {
      return Number.NaN;
    }
    const decay = factor ** (counts ? at(counts, index) : 1);
    memory = decay * memory + (1 - decay) * value;
    weight = decay * weight + (1 - decay);
    return memory / weight;
  });
}
