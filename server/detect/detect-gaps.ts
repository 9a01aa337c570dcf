// Silences in a history: a gap five times as long as the gaps before it usually were, and a minute at least, as in
// server/status. In a living run the portal notices silence by its own clock instead, before the next message comes.
import type { Finding, Observation } from "./finding.ts";

const INTERVALS = 5;
const FLOOR_MS = 60_000;
const KEPT = 16;
const WARM_UP = 4;

export type GapState = { newest: { step: number; time: number } | null; gaps: number[] };
export const NEW_GAPS: GapState = { newest: null, gaps: [] };

/** What one more point shows of the time before it; `state` is changed in place. */
export function detectGap(state: GapState, { step, time }: Observation): Finding[] {
  const before = state.newest;
  if (before !== null && time <= before.time) {
    return [];
  }
  state.newest = { step, time };
  if (before === null) {
    return [];
  }
  const gap = time - before.time;
  const { gaps } = state;
  const usual = median(gaps);
  const long = gaps.length >= WARM_UP && gap > Math.max(FLOOR_MS, INTERVALS * usual);
  gaps.push(gap);
  if (gaps.length > KEPT) {
    gaps.shift();
  }
  if (!long) {
    return [];
  }
  const message = `Nothing was logged for ${inUnits(gap)} after step ${before.step}.`;
  const data = { silentMs: gap, intervalMs: usual, lastMessageAt: before.time };
  return [
    { kind: "stall", step: before.step, time: before.time + INTERVALS * usual, message, data },
  ];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return (lower + upper) / 2;
}

const UNITS: readonly [number, string][] = [
  [86_400_000, "days"],
  [3_600_000, "hours"],
  [60_000, "minutes"],
];

function inUnits(ms: number): string {
  const [length, name] = UNITS.find(([unit]) => ms >= 2 * unit) ?? [1_000, "seconds"];
  return `${Number((ms / length).toPrecision(2))} ${name}`;
}
