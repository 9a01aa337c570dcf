import { useEffect, useRef, useState } from "react";
import type { ChartWindow } from "./series.ts";

type Draft = { window: ChartWindow | null; from: ChartWindow | null };

const QUIET_MS = 160;

const same = (a: ChartWindow | null, b: ChartWindow | null): boolean =>
  a?.from === b?.from && a?.to === b?.to;

/**
 * The window that is drawn while fingers or wheel still move. The page hears of it when they rest, so
 * that a zoom costs one request and not sixty; its answer replaces the draft.
 */
export function useDraftWindow(
  window: ChartWindow | null,
  onChange: (window: ChartWindow | null) => void,
): [ChartWindow | null, (next: ChartWindow | null) => void] {
  const [draft, setDraft] = useState<Draft | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);
  const change = (next: ChartWindow | null): void => {
    setDraft({ window: next, from: window });
    clearTimeout(timer.current ?? undefined);
    timer.current = setTimeout(() => onChange(next), QUIET_MS);
  };
  const current = draft && same(draft.from, window) ? draft.window : window;
  return [current, change];
}
