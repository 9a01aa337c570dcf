import type { Prepared } from "./prepare-series.ts";
import type { YScale } from "./scale.ts";
import type { ChartWindow } from "./series.ts";

/** The share of a run's beginning in which values fall so steeply that they would flatten all the rest. */
const WARM_UP = 0.03;
/** The bulk: all raw extremes but this share at either end. */
const OUTSIDE = 0.02;
const PADDING = 0.06;
/** What lies this far beyond the bulk is taken in after all; only what lies further is a spike. */
const REACH = 0.4;

/**
 * Bounds of the y axis: after warm-up, the bulk of the raw values, the smoothed lines, and noise near them.
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
  const lows = sorted(settled.map((column) => column.min).filter(usable));
  const highs = sorted(settled.map((column) => column.max).filter(usable));
  const low = quantile(lows, OUTSIDE);
  const high = quantile(highs, 1 - OUTSIDE);
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    return null;
  }
  // A spike high enough drags the smoothed line along; so that line, too, only counts within reach.
  const lines = sorted(settled.map((column) => column.smooth).filter(usable));
  const reach = REACH * (high - low);
  const inReach = (value: number): boolean => value >= low - reach && value <= high + reach;
  const lowest = [lows.find(inReach), lines.find(inReach)];
  const highest = [highs.findLast(inReach), lines.findLast(inReach)];
  return pad(
    [Math.min(low, ...lowest.filter(isKnown)), Math.max(high, ...highest.filter(isKnown))],
    scale,
  );
}

const isKnown = (value: number | undefined): value is number => value !== undefined;

/** Air above and below, and never a span of zero. */
export function pad([low, high]: readonly [number, number], scale: YScale): [number, number] {
  if (scale === "log" && low > 0) {
    const factor = Math.max((high / low) ** PADDING, 1.001);
    return [low / factor, high * factor];
  }
  const air = (high - low) * PADDING || Math.abs(high) * 0.05 || 1;
  return [low - air, high + air];
}

const sorted = (values: number[]): Float64Array => Float64Array.from(values).sort();

function quantile(values: Float64Array, share: number): number {
  const value = values[Math.round(share * (values.length - 1))];
  return value ?? Number.NaN;
}
