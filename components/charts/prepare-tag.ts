import type { ChartFrame, Tag } from "./chart-model.ts";
import { formatMetric } from "./format.ts";
import type { ChartLine } from "./prepare-lines.ts";
import { clamp } from "./scale.ts";

function newestOf(lines: readonly ChartLine[]): { line: ChartLine; value: number } | null {
  const line =
    lines.find((one) => one.series.role === "main") ?? lines.find((one) => one.colour > 0);
  const newest = line?.prepared.newest;
  return line && newest ? { line, value: line.smoothing > 0 ? newest.smooth : newest.value } : null;
}

/** The newest value as the tag shows it; empty without one. */
export function newestText(lines: readonly ChartLine[], locale: string): string {
  const newest = newestOf(lines);
  return newest ? formatMetric(newest.value, { locale, steady: true }) : "";
}

/** The newest value beside the axis; `inWindow` tells whether its point is in sight. */
export function prepareTag({ lines, input, window, x, y }: ChartFrame): Tag | null {
  const newest = newestOf(lines);
  const place = newest?.line.prepared.newest;
  if (!newest || !place || Number.isNaN(newest.value)) {
    return null;
  }
  return {
    px: clamp(x.px(place.x), x.range[0], x.range[1]),
    py: clamp(y.px(newest.value), y.range[1], y.range[0]),
    text: formatMetric(newest.value, { locale: input.locale, steady: true }),
    key: `${newest.line.series.id}:${place.step}`,
    inWindow: place.x >= window.from && place.x <= window.to,
  };
}
