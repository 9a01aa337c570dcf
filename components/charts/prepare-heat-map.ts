import { median } from "./find-gaps.ts";
import type { ChartWindow } from "./series.ts";

/** One row a layer, one column a stretch of steps; null where a row has no finite value. */
export type HeatData = {
  rows: readonly { key: string; label: string; values: readonly (number | null)[] }[];
  steps: readonly number[];
  lastSteps: readonly number[];
};

export type HeatScale = "linear" | "log";

export type HeatCell = {
  row: number;
  column: number;
  left: number;
  width: number;
  value: number;
  /** −1 to 1 where the colours run both ways from zero, else 0 to 1. */
  tone: number;
};

export type HeatModel = {
  cells: HeatCell[];
  /** Left edge and width of each column, in pixels; a column out of sight has no width. */
  columns: { left: number; width: number }[];
  /** The values at the ends of the colours; what lies beyond has the last colour. */
  domain: readonly [number, number];
  diverging: boolean;
  scale: HeatScale;
};

export type HeatOptions = { window: ChartWindow; width: number; scale: HeatScale };

/** Values beyond these shares of all values take the last colour, or one of them would flatten all the others. */
const OUTER = 0.01;
/** A column without a near neighbour is this many usual distances wide. */
const WIDEST = 2;

/** Decides where each cell stands and how strong its colour is. */
export function prepareHeatMap(data: HeatData, { window, width, scale }: HeatOptions): HeatModel {
  const columns = placeColumns(data, window, width);
  const shown = data.rows.flatMap((row, at) =>
    row.values.flatMap((value, column) => {
      const place = columns[column];
      return value === null || place === undefined || place.width <= 0
        ? []
        : [{ row: at, column, ...place, value }];
    }),
  );
  const values = shown.map(({ value }) => value).sort((a, b) => a - b);
  const asked = scale === "log" && (values[0] ?? 0) > 0 ? "log" : "linear";
  const [low, high] = [shareOf(values, OUTER), shareOf(values, 1 - OUTER)];
  const diverging = low < 0 && high > 0;
  const far = Math.max(-low, high);
  const domain = diverging ? ([-far, far] as const) : ([low, high] as const);
  const tone = toneOn(domain, { diverging, scale: asked });
  return {
    cells: shown.map((cell) => ({ ...cell, tone: tone(cell.value) })),
    columns,
    domain,
    diverging,
    scale: asked,
  };
}

/** A column reaches half way to its neighbours, so that measurements at single steps fill the picture. */
function placeColumns(
  { steps, lastSteps }: HeatData,
  window: ChartWindow,
  width: number,
): HeatModel["columns"] {
  const middles = steps.map((step, at) => (step + (lastSteps[at] ?? step)) / 2);
  const distances = middles.slice(1).map((middle, at) => middle - (middles[at] ?? middle));
  const usual = distances.length === 0 ? window.to - window.from : median(distances);
  const reach = (distance: number | undefined) => Math.min(distance ?? usual, usual * WIDEST) / 2;
  const scale = width / (window.to - window.from);
  const clip = (x: number) => Math.max(0, Math.min(width, (x - window.from) * scale));
  return steps.map((step, at) => {
    const middle = middles[at] ?? step;
    const from = Math.min(step, middle - reach(distances[at - 1]));
    const to = Math.max(lastSteps[at] ?? step, middle + reach(distances[at]));
    const left = clip(from);
    return { left, width: clip(to) - left };
  });
}

const shareOf = (sorted: readonly number[], share: number): number =>
  sorted[Math.round(share * (sorted.length - 1))] ?? 0;

type Tone = { diverging: boolean; scale: HeatScale };

function toneOn(
  [low, high]: readonly [number, number],
  { diverging, scale }: Tone,
): (value: number) => number {
  const by = (value: number) => (scale === "log" ? Math.log(value) : value);
  if (diverging) {
    return (value) => (high === 0 ? 0 : Math.max(-1, Math.min(1, value / high)));
  }
  const [from, to] = [by(low), by(high)];
  return (value) => (to > from ? Math.max(0, Math.min(1, (by(value) - from) / (to - from))) : 0.5);
}

/** The cell under a place of the drawing; null in a gap. */
export function findHeatCell(
  { columns }: HeatModel,
  at: { x: number; y: number },
  rows: { count: number; height: number },
): { row: number; column: number } | null {
  const column = columns.findIndex(({ left, width }) => at.x >= left && at.x < left + width);
  const row = Math.floor(at.y / rows.height);
  return column < 0 || row < 0 || row >= rows.count ? null : { row, column };
}
