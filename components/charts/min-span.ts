import { median } from "./find-gaps.ts";
import { at, type ChartWindow, type SeriesData } from "./series.ts";

const MIN_POINTS = 12;
const SMALLEST_SHARE = 1e-5;

/** The narrowest window: a dozen points at the usual distance, for nearer there is nothing to see. */
export function minSpan(data: SeriesData | undefined, full: ChartWindow): number {
  const floor = (full.to - full.from) * SMALLEST_SHARE;
  if (!data) {
    return floor;
  }
  const { x } = data;
  const distances = x.slice(1).map((value, index) => {
    const points = data.kind === "raw" ? 1 : at(data.count, index);
    return (value - at(x, index)) / points;
  });
  const usual = median(distances.filter((distance) => distance > 0));
  return Number.isFinite(usual) ? Math.max(floor, MIN_POINTS * usual) : floor;
}
