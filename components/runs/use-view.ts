"use client";
import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { DEFAULT_VIEW, parseView, type View, writeView } from "./view.ts";

/** The view that the address names, and how to change it. The address changes in place: no page is asked for. */
export function useView(
  smoothed = DEFAULT_VIEW.smoothing,
): [View, (change: Partial<View>) => void] {
  const params = useSearchParams();
  const text = params.toString();
  const view = useMemo(() => parseView(new URLSearchParams(text), smoothed), [text, smoothed]);
  const change = useCallback(
    (part: Partial<View>) => {
      const query = writeView({ ...view, ...part }, smoothed).toString();
      const { pathname, hash } = window.location;
      window.history.replaceState(null, "", `${pathname}${query === "" ? "" : `?${query}`}${hash}`);
    },
    [view, smoothed],
  );
  return [view, change];
}
