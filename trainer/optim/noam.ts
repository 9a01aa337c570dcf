/**
 * Learning rate after `step` successful steps: a linear rise to `base/√warmup` and then a fall with
 * 1/√step. CPM-Ant used base 0.1 and warmup 2000, a peak of 2.236e-3; so high a rate fits weights of unit
 * variance behind maps that divide by √in.
 */
export function noam(step: number, options: { base: number; warmup: number }): number {
  const { base, warmup } = options;
  return step < warmup ? (base * step) / warmup ** 1.5 : base / Math.sqrt(step);
}
