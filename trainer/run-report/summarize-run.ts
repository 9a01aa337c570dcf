import type { LoggedStep, RunLog } from "./read-run.ts";

/** A gap between two steps longer than this is a pause or a restart, not training. */
const LONGEST_STEP_S = 30;
const MARKS = [0, 0.1, 0.25, 0.5, 0.75, 1];
/** Losses of single steps jump: a mark shows the mean of so many steps around it. */
const AROUND = 50;

/** The mean of a metric over the steps around an index; null where none of them has it. */
function meanAround(steps: LoggedStep[], index: number, metric: string): number | null {
  const near = steps.slice(Math.max(0, index - AROUND), index + AROUND + 1);
  const values = near.flatMap(({ values }) => values[metric] ?? []);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

export type LossRow = { step: number; tokens: number; losses: Record<string, number | null> };

/** The training losses at a few marks along the run: all tasks, and each. */
export function lossTable({ steps }: RunLog): { metrics: string[]; rows: LossRow[] } {
  const names = new Set(steps.flatMap(({ values }) => Object.keys(values)));
  const metrics = [...names].filter((name) => name === "loss" || name.startsWith("loss/")).sort();
  const rows = MARKS.map((share) => {
    const index = Math.round(share * (steps.length - 1));
    const at = steps[index];
    const losses = metrics.map((name) => [name, meanAround(steps, index, name)] as const);
    return {
      step: at?.step ?? 0,
      tokens: at?.values["tokens"] ?? 0,
      losses: Object.fromEntries(losses),
    };
  });
  return { metrics, rows };
}

export type Usage = {
  trainedMinutes: number;
  tokens: number;
  medianTokensPerSecond: number;
  medianMfu: number;
  kwh: number;
  co2eKg: number;
  cost: number;
  /** Largest resident memory, GiB. */
  peakGib: number;
  /** Resident memory of the process that took most steps, at its beginning and end, GiB. */
  longestProcess: { steps: number; firstGib: number; lastGib: number };
};

export function usageOf(run: RunLog): Usage {
  const { steps } = run;
  const last = steps.at(-1)?.values ?? {};
  const all = (name: string): number[] => steps.flatMap(({ values }) => values[name] ?? []);
  const gaps = steps.map(({ time }, i) => time - (steps[i - 1]?.time ?? time));
  const trained = gaps.filter((gap) => gap < LONGEST_STEP_S).reduce((sum, gap) => sum + gap, 0);
  return {
    trainedMinutes: trained / 60,
    tokens: last["tokens"] ?? 0,
    medianTokensPerSecond: median(all("throughput/tokens_per_second")),
    medianMfu: median(all("efficiency/mfu")),
    kwh: last["energy/kwh"] ?? 0,
    co2eKg: last["energy/co2e_kg"] ?? 0,
    cost: last["energy/cost"] ?? 0,
    peakGib: all("memory/rss_gib").reduce((most, value) => Math.max(most, value), 0),
    longestProcess: memoryOfLongestProcess(run),
  };
}

/** Each end is the median of a tenth of the steps; the first tenth is left out, in which sessions are still compiled. */
function memoryOfLongestProcess({ steps, occasions }: RunLog): Usage["longestProcess"] {
  const restarts = occasions.flatMap((occasion) =>
    occasion.kind === "event" && occasion.event === "restart" ? [occasion.step] : [],
  );
  const processes = [0, ...restarts].map((from, i) =>
    steps.filter(({ step }) => step > from && step <= (restarts[i] ?? Number.POSITIVE_INFINITY)),
  );
  const own = processes.reduce((most, other) => (other.length > most.length ? other : most), []);
  const memory = own.flatMap(({ values }) => values["memory/rss_gib"] ?? []);
  const tenth = Math.max(1, Math.floor(memory.length / 10));
  return {
    steps: own.length,
    firstGib: median(memory.slice(tenth, 2 * tenth)),
    lastGib: median(memory.slice(-tenth)),
  };
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
