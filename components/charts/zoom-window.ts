import { clamp } from "./scale.ts";
import type { ChartWindow } from "./series.ts";

/** The whole run and the narrowest window that still says something, in the axis's own unit. */
export type ZoomBounds = { full: ChartWindow; minSpan: number };

const span = (window: ChartWindow): number => window.to - window.from;

/** Keeps a window inside the run and wide enough, moving it rather than cutting it. */
export function clampWindow(window: ChartWindow, { full, minSpan }: ZoomBounds): ChartWindow {
  const width = clamp(span(window), Math.min(minSpan, span(full)), span(full));
  const middle = (window.from + window.to) / 2;
  const from = clamp(
    span(window) === width ? window.from : middle - width / 2,
    full.from,
    full.to - width,
  );
  return { from, to: from + width };
}

/** Narrows (factor under 1) or widens around a place that stays under the pointer. */
export function zoomWindow(
  window: ChartWindow,
  bounds: ZoomBounds,
  { factor, anchor }: { factor: number; anchor: number },
): ChartWindow {
  const width = clamp(
    span(window) * factor,
    Math.min(bounds.minSpan, span(bounds.full)),
    span(bounds.full),
  );
  const share = span(window) > 0 ? (anchor - window.from) / span(window) : 0.5;
  const from = anchor - share * width;
  return clampWindow({ from, to: from + width }, bounds);
}

export function panWindow(window: ChartWindow, bounds: ZoomBounds, by: number): ChartWindow {
  return clampWindow({ from: window.from + by, to: window.to + by }, bounds);
}

/** Two fingers: the places that lay under them at the start lie under them again. Fingers are shares 0 to 1. */
export function pinchWindow(
  start: ChartWindow,
  bounds: ZoomBounds,
  fingers: { before: readonly [number, number]; now: readonly [number, number] },
): ChartWindow {
  const [a, b] = fingers.before.map((share) => start.from + share * span(start));
  const [p, q] = fingers.now;
  if (a === undefined || b === undefined || Math.abs(q - p) < 0.01) {
    return start;
  }
  const width = Math.abs((b - a) / (q - p));
  const from = a - p * width;
  return clampWindow({ from, to: from + width }, bounds);
}

/** A wheel's turn as a zoom factor, alike for mice that report lines and touchpads that report pixels. */
export function wheelFactor(deltaY: number, deltaMode: number): number {
  const pixels = deltaY * (deltaMode === 1 ? 16 : deltaMode === 2 ? 400 : 1);
  return Math.exp(clamp(pixels, -240, 240) * 0.003);
}

const KEY_PAN = 0.2;

/** What a key does to the window; null for keys that are not ours, "whole" to show the whole run. */
export function zoomByKey(
  key: string,
  window: ChartWindow,
  { bounds, anchor }: { bounds: ZoomBounds; anchor: number },
): ChartWindow | "whole" | null {
  switch (key) {
    case "+":
    case "=":
      return zoomWindow(window, bounds, { factor: 0.5, anchor });
    case "-":
      return zoomWindow(window, bounds, { factor: 2, anchor });
    case "PageUp":
      return panWindow(window, bounds, -KEY_PAN * span(window));
    case "PageDown":
      return panWindow(window, bounds, KEY_PAN * span(window));
    case "0":
      return "whole";
    default:
      return null;
  }
}

/** Null when the window is the whole run: then it grows with the run instead of standing still. */
export function orWhole(window: ChartWindow, full: ChartWindow): ChartWindow | null {
  return span(window) >= span(full) * 0.999 ? null : roundWindow(window);
}

const ROUND_FROM = 20;

/** Steps, tokens and milliseconds are whole; a window that goes into an address should look so. */
function roundWindow(window: ChartWindow): ChartWindow {
  return span(window) < ROUND_FROM
    ? window
    : { from: Math.round(window.from), to: Math.round(window.to) };
}

const MARGIN = 0.25;

/**
 * What to ask the server for: the window and a margin on both sides, so that smoothing has a past at
 * the left edge and a small pan shows data at once. Ask for 1.5 times the buckets.
 */
export function fetchWindow(window: ChartWindow, full: ChartWindow): ChartWindow {
  const margin = MARGIN * span(window);
  return {
    from: Math.max(full.from, window.from - margin),
    to: Math.min(full.to, window.to + margin),
  };
}
