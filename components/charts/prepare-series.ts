import { findGaps } from "./find-gaps.ts";
import { at, type BucketData, type ChartWindow, type SeriesData, toBuckets } from "./series.ts";
import { smooth } from "./smooth.ts";

/** What is drawn at one horizontal place: one pixel column, or one point where points are fewer than pixels. */
export type Column = {
  x: number;
  lastX: number;
  step: number;
  lastStep: number;
  lastTime: number;
  min: number;
  max: number;
  first: number;
  last: number;
  mean: number;
  smooth: number;
  count: number;
  nonFinite: number;
  /** The pen comes down here afresh: the first column, or one after a gap or NaN. */
  lift: boolean;
};

export type Prepared = {
  /** `raw`: a column is one point and is drawn as a thin line; `band`: lowest to highest of each column. */
  mode: "raw" | "band";
  columns: Column[];
  /** Stretches without points, on the x axis. */
  gaps: ChartWindow[];
  /** Where values were NaN or infinite. */
  nans: { x: number; step: number; count: number }[];
  /** The newest entry of the whole series, in or out of the window. */
  newest: { x: number; step: number; time: number; value: number; smooth: number } | null;
};

export type PrepareOptions = { window: ChartWindow; pixels: number; smoothing: number };

/**
 * Decides what a chart draws of one series: at most one column per pixel and one neighbour on either
 * side of the window. A column keeps lowest, highest, first and last of all that falls into it, so that
 * a spike of one step is there at every zoom.
 */
export function prepareSeries(data: SeriesData, options: PrepareOptions): Prepared {
  const cells = toBuckets(data);
  const { gaps, restarts } = findGaps(cells);
  const smoothed = smooth(cells.mean, options.smoothing, { counts: cells.count, restarts });
  const [from, to] = visibleRange(cells, options.window);
  const pixels = Math.max(1, Math.floor(options.pixels));
  const single = isSingle(cells, {
    from,
    to,
    pixelsPerX: pixels / (options.window.to - options.window.from),
  });
  const place = single ? null : { ...options.window, pixels };
  const columns = collect({ cells, smoothed, restarts }, { from, to, place });
  const last = cells.steps.length - 1;
  return {
    mode: single ? "raw" : "band",
    columns,
    gaps: gaps.filter((gap) => gap.to > options.window.from && gap.from < options.window.to),
    nans: findNans(cells, { from, to }),
    newest:
      last < 0
        ? null
        : {
            x: at(cells.lastX, last),
            step: at(cells.lastSteps, last),
            time: at(cells.lastTimes, last),
            value: at(cells.last, last),
            smooth: smoothed.findLast((value) => !Number.isNaN(value)) ?? Number.NaN,
          },
  };
}

/** Entries that touch the window, and one neighbour on either side so that lines run to the edge. */
function visibleRange(cells: BucketData, window: ChartWindow): [number, number] {
  const length = cells.x.length;
  let from = 0;
  while (from < length && at(cells.lastX, from) < window.from) {
    from += 1;
  }
  let to = length;
  while (to > from && at(cells.x, to - 1) > window.to) {
    to -= 1;
  }
  return [Math.max(0, from - 1), Math.min(length, to + 1)];
}

/**
 * Whether every entry is one point and stands on a pixel of its own. What counts is the stretch that the
 * series itself covers: a short attempt in a wide window is as dense as the long one beside it.
 */
function isSingle(
  cells: BucketData,
  { from, to, pixelsPerX }: { from: number; to: number; pixelsPerX: number },
): boolean {
  const covered = (at(cells.lastX, to - 1) - at(cells.x, from)) * pixelsPerX;
  if (to - from > covered + 2) {
    return to - from <= 1;
  }
  for (let index = from; index < to; index += 1) {
    if (at(cells.count, index) !== 1) {
      return false;
    }
  }
  return true;
}

type Source = { cells: BucketData; smoothed: readonly number[]; restarts: readonly boolean[] };
type Grid = ChartWindow & { pixels: number };

function collect(
  source: Source,
  range: { from: number; to: number; place: Grid | null },
): Column[] {
  const columns: Column[] = [];
  let openSlot = Number.NaN;
  let lift = true;
  for (let index = range.from; index < range.to; index += 1) {
    lift ||= source.restarts[index] ?? false;
    const slot = range.place ? slotOf(source.cells, index, range.place) : index;
    const open = columns.at(-1);
    if (open && slot === openSlot) {
      // A gap or NaN narrower than the pixel: the hatch and the cross tell of it, the pen stays down.
      addCell(open, source, index);
      lift = false;
    } else if (Number.isNaN(at(source.cells.min, index))) {
      lift = true;
    } else {
      columns.push(newColumn(source, index, { place: range.place, slot, lift }));
      openSlot = slot;
      lift = false;
    }
  }
  return columns;
}

function slotOf(cells: BucketData, index: number, grid: Grid): number {
  const middle = (at(cells.x, index) + at(cells.lastX, index)) / 2;
  const slot = Math.floor(((middle - grid.from) / (grid.to - grid.from)) * grid.pixels);
  return Math.max(-1, Math.min(grid.pixels, slot));
}

function newColumn(
  { cells, smoothed }: Source,
  index: number,
  { place, slot, lift }: { place: Grid | null; slot: number; lift: boolean },
): Column {
  // All series of a chart share the centres of the pixel columns, so their points fall on one grid.
  const inGrid = place !== null && slot >= 0 && slot < place.pixels;
  const own = (at(cells.x, index) + at(cells.lastX, index)) / 2;
  return {
    x: inGrid ? place.from + ((slot + 0.5) / place.pixels) * (place.to - place.from) : own,
    lastX: at(cells.lastX, index),
    step: at(cells.steps, index),
    lastStep: at(cells.lastSteps, index),
    lastTime: at(cells.lastTimes, index),
    min: at(cells.min, index),
    max: at(cells.max, index),
    first: at(cells.first, index),
    last: at(cells.last, index),
    mean: at(cells.mean, index),
    smooth: at(smoothed, index),
    count: at(cells.count, index),
    nonFinite: at(cells.nonFinite, index),
    lift,
  };
}

function addCell(column: Column, { cells, smoothed }: Source, index: number): void {
  column.lastX = at(cells.lastX, index);
  column.lastStep = at(cells.lastSteps, index);
  column.lastTime = at(cells.lastTimes, index);
  column.last = at(cells.last, index);
  const nonFinite = at(cells.nonFinite, index);
  const known = at(cells.count, index) - nonFinite;
  if (known > 0) {
    const before = column.count - column.nonFinite;
    const share = known / (before + known);
    column.min = Math.min(column.min, at(cells.min, index));
    column.max = Math.max(column.max, at(cells.max, index));
    column.mean += (at(cells.mean, index) - column.mean) * share;
    column.smooth += (at(smoothed, index) - column.smooth) * share;
  }
  column.count += at(cells.count, index);
  column.nonFinite += nonFinite;
}

function findNans(cells: BucketData, { from, to }: { from: number; to: number }): Prepared["nans"] {
  const nans: Prepared["nans"] = [];
  for (let index = from; index < to; index += 1) {
    const count = at(cells.nonFinite, index);
    if (count > 0) {
      nans.push({ x: at(cells.x, index), step: at(cells.steps, index), count });
    }
  }
  return nans;
}
