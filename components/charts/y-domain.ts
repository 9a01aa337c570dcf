import type { Prepared } from "./prepare-series.ts";
import type { YScale } from "./scale.ts";
import type { ChartWindow } from "./series.ts";

/** The share of a run's beginning in which values fall so steeply that they would flatten all the rest. */
const WARM_UP = 0.03;
/** This share of the raw extremes may stay outside at either end; what does is marked with its value. */
const OUTSIDE = 0.02;
const PADDING = 0.06;
/** Noise that reaches this far beyond the bulk is taken in after all; only what lies further is a spike. */
const REACH = 0.4;

/**
 * Bounds of the y axis: the smoothed lines after warm-up and the bulk of the raw values around them.
 * A spike does not stretch the axis; it is clipped and marked. Null when there is nothing to bound.
 */
export function yDomain(
  series: readonly Prepared[],
  { scale, fullWindow }: { scale: YScale; fullWindow: ChartWindow },
): [number, number] | null {
  const warmUntil = fullWindow.from + WARM_UP * (fullWindow.to - fullWindow.from);
  const columns = series.flatMap((one) => one.columns);
  const after = columns.filter((column) => column.lastX > warmUntil);
  const settled = after.length > 0 ? after : columns;
  const usable = (value: number): boolean =>
    Number.isFinite(value) && (scale === "linear" || value > 0);
  const lines = settled.map((column) => column.smooth).filter(usable);
  const lows = sorted(settled.map((column) => column.min).filter(usable));
  const highs = sorted(settled.map((column) => column.max).filter(usable));
  const low = least(lines.concat(quantile(lows, OUTSIDE)));
  const high = -least(lines.concat(quantile(highs, 1 - OUTSIDE)).map((value) => -value));
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    return null;
  }
  const reach = REACH * (high - low);
  const inReach = (value: number): boolean => value >= low - reach && value <= high + reach;
  const lowest = lows.find(inReach) ?? low;
  const highest = highs.findLast(inReach) ?? high;
  return pad([Math.min(low, lowest), Math.max(high, highest)], scale);
}

/** Air above and below, and never a span of zero. */
export function pad([low, high]: readonly [number, number], scale: YScale): [number, number] {
  if (scale === "log" && low > 0) {
    const factor = Math.max((high / low) ** PADDING, 1.001);
    return [low / factor, high * factor];
  }
  const air = (high - low) * PADDING || Math.abs(high) * 0.05 || 1;
  return [low - air, high + air];
}

const sorted = (values: number[]): number[] => values.sort((a, b) => a - b);

function quantile(values: readonly number[], share: number): number {
  const value = values[Math.round(share * (values.length - 1))];
  return value ?? Number.NaN;
}

/** The least number of many; NaN counts as absent. */
function least(values: readonly number[]): number {
  return values.reduce((best, value) => (value < best ? value : best), Number.POSITIVE_INFINITY);
}
