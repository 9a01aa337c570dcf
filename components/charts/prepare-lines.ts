import { type Prepared, prepareSeries } from "./prepare-series.ts";
import type { ChartSeries, ChartWindow, SeriesData } from "./series.ts";

/** A series with all decisions about its line taken. */
export type ChartLine = {
  series: ChartSeries;
  /** A place in the palette, 1 to 8; 0 is the grey of abandoned attempts. */
  colour: number;
  /** The smoothing that was applied: 0 for series too sparse to be smoothed. */
  smoothing: number;
  prepared: Prepared;
};

export type LineOptions = { window: ChartWindow; pixels: number; smoothing: number };

const PALETTE = 8;
/** A series with under this share of the main one's points is drawn as it is: evaluations, mostly. */
const DENSE = 0.25;

/** Gives out colours and smoothing, and prepares each series for the window. Empty series stay away. */
export function prepareLines(series: readonly ChartSeries[], options: LineOptions): ChartLine[] {
  const mainCount = pointCount(series.find((one) => one.role === "main")?.data);
  let given = 0;
  return series.flatMap((one) => {
    const colour = one.role === "abandoned" ? 0 : (one.colour ?? (given % PALETTE) + 1);
    given += one.role === "abandoned" ? 0 : 1;
    const dense = one.role !== "other" || pointCount(one.data) >= DENSE * mainCount;
    const smoothing = dense ? options.smoothing : 0;
    const prepared = prepareSeries(one.data, { ...options, smoothing });
    return one.data.steps.length === 0 ? [] : [{ series: one, colour, smoothing, prepared }];
  });
}

function pointCount(data: SeriesData | undefined): number {
  if (!data) {
    return 0;
  }
  return data.kind === "raw"
    ? data.steps.length
    : data.count.reduce((sum, count) => sum + count, 0);
}

export const colourOf = (colour: number): string =>
  colour === 0 ? "var(--chart-abandoned)" : `var(--series-${colour})`;

/** From the fifth series on a dash joins the colour, so that colour is never alone. */
const DASHES: Record<number, string> = { 5: "6 3", 6: "2 3", 7: "8 3 2 3", 8: "1 3" };
export const dashOf = (colour: number): string => DASHES[colour] ?? "none";
