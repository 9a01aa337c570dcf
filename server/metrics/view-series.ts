import { CHUNK_POINTS } from "./chunk-codec.ts";
import { locate } from "./locate.ts";
import { joinPoints, mergePoints, type Points } from "./points.ts";
import { chunksOf, type SealedReader } from "./sealed-reader.ts";
import { type SealedSeries, type SeriesView, sealedView } from "./series-view.ts";

/** True when some of the sorted `points` belong before or onto sealed ones. */
export function comesLate(series: SealedSeries, points: Points): boolean {
  const first = points.steps[0];
  return first !== undefined && series.lastStep !== null && first <= series.lastStep;
}

/** The beginning, in points, of the first chunk that late points touch; the chunks before stay as they are. */
export async function firstTouched(
  reader: SealedReader,
  series: SealedSeries,
  points: Points,
): Promise<number> {
  const at = points.steps[0] as number;
  const [place] = await locate(reader, [
    { view: sealedView(series), field: "steps", at, above: false },
  ]);
  return Math.floor((place as number) / CHUNK_POINTS) * CHUNK_POINTS;
}

/** Lays the sorted tail over what is sealed. */
export async function viewSeries(
  reader: SealedReader,
  series: SealedSeries,
  tail: Points,
): Promise<SeriesView> {
  const view = sealedView(series);
  if (!comesLate(series, tail)) {
    return { ...view, rest: tail };
  }
  const cut = await firstTouched(reader, series, tail);
  const names = chunksOf(series.id, cut, series.sealedCount);
  await reader.load(names);
  const suffix = joinPoints(names.map((name) => reader.chunk(name)));
  return { ...view, cut, rest: mergePoints(suffix, tail) };
}
