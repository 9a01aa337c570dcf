import { type ChartSeries, toBuckets } from "#components/charts/series.ts";
import { smooth } from "#components/charts/smooth.ts";

const DAY_MS = 86_400_000;

export type LossNow = {
  /** Smoothed as the curve is. */
  value: number;
  /** The smoothed value a day before; null when the run is younger. */
  dayBefore: number | null;
  first: number;
};

/** The figure that stands for a run's loss: the end of its smoothed curve. Null before the first finite value. */
export function lossNow(line: ChartSeries | undefined, smoothing: number): LossNow | null {
  if (line === undefined) {
    return null;
  }
  const data = toBuckets(line.data);
  const values = smooth(data.mean, smoothing, { counts: data.count });
  const marks = values.flatMap((value, index) =>
    Number.isFinite(value) ? [{ value, time: data.lastTimes[index] ?? 0 }] : [],
  );
  const [first, last] = [marks[0], marks.at(-1)];
  if (first === undefined || last === undefined) {
    return null;
  }
  const before = marks.findLast(({ time }) => time <= last.time - DAY_MS);
  return { value: last.value, dayBefore: before?.value ?? null, first: first.value };
}
