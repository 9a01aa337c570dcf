import type { Series } from "../metrics/contract.ts";
import type { Arrival } from "./contract.ts";

/** How much was done by when. */
export type Mark = { time: number; done: number };

const LEAST_MARKS = 4;
/** A pace over a shorter part of the stretch says more about one slow step than about the run. */
const LEAST_SHARE = 0.05;

/** The marks of a series: `value` counts its values (tokens), `step` its steps. */
export function marksOf(series: Series | undefined, count: "value" | "step"): Mark[] {
  if (series === undefined) {
    return [];
  }
  const raw = series.kind === "raw";
  const times = raw ? series.times : series.lastTimes;
  const steps = raw ? series.steps : series.lastSteps;
  const values = raw ? series.values : series.last;
  return times.flatMap((time, place) => {
    const done = count === "step" ? steps[place] : values[place];
    return typeof done === "number" ? [{ time, done }] : [];
  });
}

/**
 * When `planned` will be reached. The run's pace is taken from each mark to the newest one, pauses included: over the last
 * twentieth of the stretch, over a little more … over all of it. Their median is the guess, their tenth and ninetieth
 * percentile its spread: narrow for a steady run, wide for one that has just changed its pace. Null before there are
 * enough marks, and where nothing moved.
 */
export function arrivalOf(marks: readonly Mark[], planned: number): Arrival | null {
  const first = marks[0];
  const last = marks.at(-1);
  if (marks.length < LEAST_MARKS || first === undefined || last === undefined) {
    return null;
  }
  const least = (last.time - first.time) * LEAST_SHARE;
  const paces = marks
    .filter(({ time }) => last.time - time >= Math.max(least, 1))
    .map((mark) => (last.done - mark.done) / (last.time - mark.time))
    .filter((pace) => pace > 0)
    .sort((a, b) => a - b);
  const remaining = Math.max(0, planned - last.done);
  const at = (share: number): number => last.time + remaining / quantile(paces, share);
  return paces.length === 0 ? null : { at: at(0.5), early: at(0.9), late: at(0.1) };
}

function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
