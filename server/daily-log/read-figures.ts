import type { Series } from "../metrics/contract.ts";
import { readSeries } from "../metrics/read-series.ts";
import type { Pool } from "../platform/pool.ts";
import type { Plan } from "../runs/contract.ts";
import type { DayFigures } from "./contract.ts";

/** What a run counts up since it began; a day's share is what the counter gained. */
const COUNTERS = ["tokens", "energy/kwh", "energy/co2e_kg", "energy/cost"] as const;
const KEYS = ["loss", "grad_norm", "throughput/tokens_per_second", ...COUNTERS];

type Asked = {
  run: { id: string; attempt: number; planned: Plan };
  /** `from` ≤ t < `to`, Unix milliseconds. */
  from: number;
  to: number;
};

/** A day's figures from the newest attempt's numbers, exact over its points; null where the run does not log them. */
export async function readFigures(pool: Pool, { run, from, to }: Asked): Promise<DayFigures> {
  const asked = { runId: run.id, attempt: run.attempt, x: "time", buckets: 1 } as const;
  const day = await readSeries(pool, { ...asked, keys: KEYS, from, to: to - 1 });
  const before = await readSeries(pool, { ...asked, keys: [...COUNTERS], to: from - 1 });
  const ofDay = (key: string) => summary(day.series[key]);
  const gained = (key: (typeof COUNTERS)[number]) => {
    const [today, earlier] = [ofDay(key), summary(before.series[key])];
    // The first attempt counts from nothing; a later one went on from a number that its own series does not hold.
    return difference(earlier?.last ?? (run.attempt === 1 ? 0 : today?.first), today?.last);
  };
  const loss = ofDay("loss");
  const tokensTotal = ofDay("tokens")?.last ?? null;
  return {
    lossBegin: loss?.first ?? null,
    lossEnd: loss?.last ?? null,
    gradNorm: ofDay("grad_norm")?.mean ?? null,
    firstStep: loss?.firstStep ?? null,
    lastStep: loss?.lastStep ?? null,
    tokens: gained("tokens"),
    tokensTotal,
    dataGb: null,
    progressPercent: progress(run.planned, { tokens: tokensTotal, steps: loss?.lastStep ?? null }),
    tokensPerSecond: ofDay("throughput/tokens_per_second")?.mean ?? null,
    energyKwh: gained("energy/kwh"),
    co2eKg: gained("energy/co2e_kg"),
    cost: gained("energy/cost"),
    nonFinite: loss?.nonFinite ?? null,
  };
}

/** Share of the plan that was done when the day ended: of its tokens where it names them, else of its steps. */
function progress(
  planned: Plan,
  done: { tokens: number | null; steps: number | null },
): number | null {
  const [part, whole] =
    planned.tokens === undefined ? [done.steps, planned.steps] : [done.tokens, planned.tokens];
  return part === null || whole === undefined || whole === 0 ? null : (100 * part) / whole;
}

function summary(series: Series | undefined) {
  if (series === undefined || series.steps.length === 0) {
    return null;
  }
  const firstStep = series.steps[0] ?? null;
  if (series.kind === "raw") {
    const value = finite(series.values[0]);
    const nonFinite = value === null ? 1 : 0;
    return { first: value, last: value, mean: value, firstStep, lastStep: firstStep, nonFinite };
  }
  return {
    first: finite(series.first[0]),
    last: finite(series.last[0]),
    mean: finite(series.mean[0]),
    firstStep,
    lastStep: series.lastSteps[0] ?? null,
    nonFinite: series.nonFinite[0] ?? null,
  };
}

function finite(value: number | string | undefined): number | null {
  return typeof value === "number" ? value : null;
}

function difference(before: number | null | undefined, after: number | null | undefined) {
  return typeof before === "number" && typeof after === "number" ? after - before : null;
}
