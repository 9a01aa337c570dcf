import type { ChartSeries, ChartWindow, XAxis } from "#components/charts/series.ts";
import type { View } from "./view.ts";

/** From the first to the newest point of all lines, in units of the axis. */
export function curveExtent(lines: readonly ChartSeries[]): ChartWindow {
  const ends = lines.flatMap(({ data }) => {
    const lastX = data.kind === "raw" ? data.x : data.lastX;
    return [data.x[0], lastX.at(-1)].filter((x) => x !== undefined && Number.isFinite(x));
  });
  const known = ends.filter((x) => x !== undefined);
  const from = known.length === 0 ? 0 : Math.min(...known);
  const to = known.length === 0 ? 1 : Math.max(...known);
  return { from, to: to > from ? to : from + 1 };
}

/** What the chart shows of `full`; a window without an end reaches to the newest point. */
export function shownWindow(window: View["window"], full: ChartWindow): ChartWindow | null {
  if (window === null) {
    return null;
  }
  const to = window.to ?? full.to;
  return { from: Math.min(window.from, to), to: to > window.from ? to : window.from + 1 };
}

/** The window as the series procedure takes it: without an end it reaches to the newest point. */
export function wireWindow({ from, to }: NonNullable<View["window"]>): {
  from: number;
  to?: number;
} {
  return to === null ? { from } : { from, to };
}

/** This near the newest point, a window chosen by hand goes on following the run. */
const FOLLOW_SHARE = 0.01;

/** What the address keeps of a window chosen by hand: whole units, and no end when it reaches the newest point. */
export function chosenWindow(
  window: ChartWindow | null,
  full: ChartWindow,
  x: XAxis,
): View["window"] {
  if (window === null) {
    return null;
  }
  const width = window.to - window.from;
  const unit = x === "time" || x === "relative" ? 1000 : 1;
  const from = Math.floor(window.from / unit) * unit;
  const follows = window.to >= full.to - width * FOLLOW_SHARE;
  if (follows && window.from <= full.from + width * FOLLOW_SHARE) {
    return null;
  }
  return { from, to: follows ? null : Math.ceil(window.to / unit) * unit };
}
