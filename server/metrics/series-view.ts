import { newPoints, type Points } from "./points.ts";

/** A series' row: what of it is sealed. */
export type SealedSeries = {
  id: number;
  key: string;
  sealedCount: number;
  lastStep: number | null;
};

/**
 * A series as one row of points: the first `cut` are read from chunks and pyramid, `rest` follows in memory. Usually
 * `rest` is the unsealed tail; when the tail holds points that belong further back, `cut` moves back to the first
 * chunk that they touch and `rest` is everything from there on, merged.
 */
export type SeriesView = {
  id: number;
  /** Points that the chunks and the pyramid hold, those behind `cut` included. */
  sealedCount: number;
  cut: number;
  rest: Points;
};

/** Only what is sealed. */
export function sealedView({ id, sealedCount }: SealedSeries): SeriesView {
  return { id, sealedCount, cut: sealedCount, rest: newPoints(0) };
}

export function pointCount({ cut, rest }: SeriesView): number {
  return cut + rest.steps.length;
}
