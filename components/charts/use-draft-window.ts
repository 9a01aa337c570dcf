import { useEffect, useRef, useState } from "react";
import type { ChartWindow } from "./series.ts";

type Draft = { window: ChartWindow | null; told: boolean; from: ChartWindow | null };

/** A single key or a drawn stretch is asked for at once; a wheel that goes on turning, this often. */
const PACE_MS = 90;

const same = (a: ChartWindow | null, b: ChartWindow | null): boolean =>
  a?.from === b?.from && a?.to === b?.to;

/**
 * The window that is drawn while fingers or wheel still move. The page hears of the first movement at once and of
 * those that follow at a measured pace, so that a zoom costs a few requests and not sixty; its answer replaces the draft.
 */
export function useDraftWindow(
  window: ChartWindow | null,
  onChange: (window: ChartWindow | null) => void,
): [ChartWindow | null, (next: ChartWindow | null) => void] {
  const [draft, setDraft] = useState<Draft | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const toldAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);
  const change = (next: ChartWindow | null): void => {
    clearTimeout(timer.current ?? undefined);
    const tell = (): void => {
      toldAt.current = performance.now();
      setDraft({ window: next, told: true, from: window });
      onChange(next);
    };
    const wait = toldAt.current + PACE_MS - performance.now();
    if (wait <= 0) {
      tell();
    } else {
      setDraft({ window: next, told: false, from: window });
      timer.current = setTimeout(tell, wait);
    }
  };
  const holds = draft !== null && (!draft.told || same(draft.from, window));
  return [holds ? draft.window : window, change];
}
