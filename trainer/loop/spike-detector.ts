import { z } from "zod";

const WINDOW = 100;
/** A median of fewer values says little. */
const LEAST_VALUES = 20;
const RATIO = 3;
const DEVIATIONS = 6;

/** By series (the loss, or one task's): the last values, oldest first. */
export const SpikeState = z.record(z.string(), z.array(z.number()));
export type SpikeState = z.infer<typeof SpikeState>;

export type Spike = {
  series: string;
  previous: number;
  current: number;
  /** What the value exceeded: three times the one before, or median + 6·MAD of the last hundred. */
  rule: "3 × previous" | "median + 6·MAD";
  limit: number;
};

export type SpikeDetector = {
  /** Looks at the losses of one step, and remembers them. */
  observe(losses: Record<string, number>): Spike[];
  state(): SpikeState;
};

/**
 * CPM-Live's rule (a task's loss above three times its previous value), and a second one for the smaller spikes that it
 * does not see: above the median of the last 100 values by more than six median absolute deviations. A value that is
 * not finite is no spike; the step reports it by itself.
 */
export function createSpikeDetector(known: SpikeState = {}): SpikeDetector {
  const windows = new Map(Object.entries(structuredClone(known)));
  return {
    observe(losses) {
      const spikes: Spike[] = [];
      for (const [series, current] of Object.entries(losses)) {
        if (!Number.isFinite(current)) {
          continue;
        }
        const window = windows.get(series) ?? [];
        const spike = judge(window, series, current);
        if (spike !== null) {
          spikes.push(spike);
        }
        windows.set(series, [...window, current].slice(-WINDOW));
      }
      return spikes;
    },
    state: () => Object.fromEntries([...windows].map(([series, window]) => [series, [...window]])),
  };
}

function judge(window: number[], series: string, current: number): Spike | null {
  const previous = window.at(-1);
  if (previous === undefined) {
    return null;
  }
  if (current > RATIO * previous) {
    return { series, previous, current, rule: "3 × previous", limit: RATIO * previous };
  }
  if (window.length < LEAST_VALUES) {
    return null;
  }
  const middle = median(window);
  const deviation = median(window.map((value) => Math.abs(value - middle)));
  const limit = middle + DEVIATIONS * deviation;
  return deviation > 0 && current > limit
    ? { series, previous, current, rule: "median + 6·MAD", limit }
    : null;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? Number.NaN)) / 2;
}
