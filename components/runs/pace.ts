import type { SeriesData } from "#components/charts/series.ts";

/** Steps per millisecond over a run's recent stretch, and how much it wavered (one standard error, as a share). */
export type Pace = { perMs: number; waver: number; lastStep: number; lastTime: number };

export type Arrival = { at: number; spreadMs: number };

/** The stretch that counts as recent: a tenth of the time so far, but at least ten minutes. */
const RECENT_SHARE = 0.1;
const RECENT_FLOOR_MS = 10 * 60_000;
const BLOCKS = 12;
const MIN_POINTS = 3;
/** Two standard errors: about 19 of 20 times the truth lies within. */
const WIDTH = 2;
/** No pace is known better than this. */
const LEAST_WAVER = 0.005;

type Mark = { step: number; time: number };

/**
 * How fast the run has lately gone, stalls and evaluations included; null before there are three points.
 * The waver is the standard error of the paces of twelve equally long blocks.
 */
export function recentPace(data: SeriesData): Pace | null {
  const marks = marksOf(data);
  const first = marks[0];
  const last = marks.at(-1);
  if (first === undefined || last === undefined || marks.length < MIN_POINTS) {
    return null;
  }
  const span = Math.max(RECENT_FLOOR_MS, (last.time - first.time) * RECENT_SHARE);
  const recent = marks.filter((mark) => mark.time >= last.time - span);
  const stretch = recent.length >= MIN_POINTS ? recent : marks.slice(-MIN_POINTS);
  const perMs = paceBetween(stretch[0], last);
  return perMs > 0 && Number.isFinite(perMs)
    ? { perMs, waver: waverOf(stretch, perMs), lastStep: last.step, lastTime: last.time }
    : null;
}

/** When the run will reach `step` if it keeps its pace; null when it is already there. */
export function arrivalAt(pace: Pace, step: number): Arrival | null {
  if (step <= pace.lastStep) {
    return null;
  }
  const remainingMs = (step - pace.lastStep) / pace.perMs;
  return { at: pace.lastTime + remainingMs, spreadMs: remainingMs * pace.waver * WIDTH };
}

function marksOf(data: SeriesData): Mark[] {
  const steps = data.kind === "raw" ? data.steps : data.lastSteps;
  const times = data.kind === "raw" ? data.times : data.lastTimes;
  return steps.map((step, index) => ({ step, time: times[index] ?? Number.NaN }));
}

function paceBetween(from: Mark | undefined, to: Mark | undefined): number {
  return from === undefined || to === undefined
    ? Number.NaN
    : (to.step - from.step) / (to.time - from.time);
}

function waverOf(stretch: readonly Mark[], perMs: number): number {
  const size = Math.max(1, Math.floor((stretch.length - 1) / BLOCKS));
  const paces: number[] = [];
  for (let start = 0; start + size < stretch.length; start += size) {
    const pace = paceBetween(stretch[start], stretch[start + size]);
    if (Number.isFinite(pace)) {
      paces.push(pace);
    }
  }
  if (paces.length < 2) {
    return LEAST_WAVER;
  }
  const variance = paces.reduce((sum, pace) => sum + (pace - perMs) ** 2, 0) / (paces.length - 1);
  return Math.max(LEAST_WAVER, Math.sqrt(variance / paces.length) / perMs);
}
