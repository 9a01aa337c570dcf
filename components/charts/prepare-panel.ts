import { type Column, prepareSeries } from "./prepare-series.ts";
import type { ChartSeries, ChartWindow } from "./series.ts";
import { pad } from "./y-domain.ts";

/**
 * One table for all series of a panel, as uPlot reads it: `undefined` where a series has nothing to say,
 * `null` where its pen lifts.
 */
export type PanelModel = {
  x: number[];
  y: (number | null | undefined)[][];
  /** The two bounds that are printed beside the plot; null when there is nothing finite. */
  bounds: readonly [number, number] | null;
  /** Bounds with a little air, for the scale. */
  domain: readonly [number, number];
  columns: Column[][];
  newest: number[];
};

const PX_PER_COLUMN = 2;

/** A column becomes two points, one at its lowest and one at its highest value, so that spikes stand. */
export function preparePanel(
  series: readonly ChartSeries[],
  window: ChartWindow,
  width: number,
): PanelModel {
  const prepared = series.map(({ data }) =>
    prepareSeries(data, { window, pixels: width / PX_PER_COLUMN, smoothing: 0 }),
  );
  const half = ((window.to - window.from) / Math.max(1, width)) * (PX_PER_COLUMN / 4);
  const places = prepared.map(({ columns, mode }) => pointsOf(columns, mode === "raw" ? 0 : half));
  const x = [...new Set(places.flatMap((points) => [...points.keys()]))].sort((a, b) => a - b);
  const columns = prepared.map((one) => one.columns);
  const bounds = settle(boundsOf(columns.flat(), window));
  return {
    x,
    y: places.map((points) => x.map((place) => points.get(place))),
    bounds,
    domain: bounds ? pad(bounds, "linear") : [0, 1],
    columns,
    newest: prepared.map((one) => one.newest?.value ?? Number.NaN),
  };
}

function pointsOf(columns: readonly Column[], half: number): Map<number, number | null> {
  const points = new Map<number, number | null>();
  columns.forEach((column, index) => {
    const before = columns[index - 1];
    if (column.lift && before) {
      points.set((before.x + column.x) / 2, null);
    }
    const rising = column.last >= column.first;
    points.set(column.x - half, rising ? column.min : column.max);
    points.set(column.x + half, rising ? column.max : column.min);
  });
  return points;
}

/** A value that only the rounding of its sums moves is level. */
const NOISE = 1e-6;

function settle(bounds: [number, number] | null): [number, number] | null {
  if (bounds === null) {
    return null;
  }
  const [low, high] = bounds;
  const middle = (low + high) / 2;
  return high - low < Math.abs(middle) * NOISE ? [middle, middle] : bounds;
}

const WARM_UP = 0.05;
const TOO_STEEP = 2;

/** Lowest and highest, unless the first twentieth alone would flatten all that follows. */
function boundsOf(columns: readonly Column[], window: ChartWindow): [number, number] | null {
  const all = extremes(columns);
  const warmUntil = window.from + WARM_UP * (window.to - window.from);
  const settled = extremes(columns.filter((column) => column.x >= warmUntil));
  if (!all || !settled) {
    return all;
  }
  return all[1] - all[0] > TOO_STEEP * (settled[1] - settled[0]) && settled[1] > settled[0]
    ? settled
    : all;
}

function extremes(columns: readonly Column[]): [number, number] | null {
  const [first] = columns;
  if (!first) {
    return null;
  }
  return columns.reduce<[number, number]>(
    ([low, high], column) => [Math.min(low, column.min), Math.max(high, column.max)],
    [first.min, first.max],
  );
}
