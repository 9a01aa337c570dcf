import { at, type SeriesData, type XAxis } from "./series.ts";

/**
 * Where a step lies on the axis. Events and stages are known by step; on tokens or time their place is
 * read off the series that are drawn, between the two nearest points. NaN when no series reaches it.
 */
export function stepToX(step: number, axis: XAxis, series: readonly SeriesData[]): number {
  if (axis === "step") {
    return step;
  }
  for (const data of series) {
    const x = interpolate(step, data);
    if (!Number.isNaN(x)) {
      return x;
    }
  }
  return Number.NaN;
}

function interpolate(step: number, data: SeriesData): number {
  const { steps, x } = data;
  const last = steps.length - 1;
  const lastSteps = data.kind === "raw" ? steps : data.lastSteps;
  if (last < 0 || step < at(steps, 0) || step > at(lastSteps, last)) {
    return Number.NaN;
  }
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at(steps, middle) <= step) {
      low = middle;
    } else {
      high = middle;
    }
  }
  if (at(steps, high) <= step) {
    low = high;
  }
  const next = low < last ? { step: at(steps, low + 1), x: at(x, low + 1) } : endOf(data, last);
  const width = next.step - at(steps, low);
  return width > 0
    ? at(x, low) + ((step - at(steps, low)) / width) * (next.x - at(x, low))
    : at(x, low);
}

function endOf(data: SeriesData, last: number): { step: number; x: number } {
  return data.kind === "raw"
    ? { step: at(data.steps, last), x: at(data.x, last) }
    : { step: at(data.lastSteps, last), x: at(data.lastX, last) };
}
