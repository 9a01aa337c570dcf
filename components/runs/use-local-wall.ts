"use client";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { PLAIN_WALL, type WallLayout } from "./wall-layout.ts";

const nameOf = (runId: string): string => `wall ${runId}`;
const listeners = new Set<() => void>();

function subscribe(listen: () => void): () => void {
  listeners.add(listen);
  window.addEventListener("storage", listen);
  return () => {
    listeners.delete(listen);
    window.removeEventListener("storage", listen);
  };
}

/** A browser that keeps nothing (private windows) shows the plain wall. */
function read(runId: string): string {
  try {
    return localStorage.getItem(nameOf(runId)) ?? "";
  } catch {
    return "";
  }
}

const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((id) => typeof id === "string");

function parse(text: string): WallLayout {
  try {
    const kept = JSON.parse(text) as Partial<Record<keyof WallLayout, unknown>>;
    const { pinned, order, hidden } = kept;
    return {
      pinned: isNames(pinned) ? pinned : [],
      order: isNames(order) ? order : [],
      hidden: isNames(hidden) ? hidden : [],
    };
  } catch {
    return PLAIN_WALL;
  }
}

/** The arrangement of a run's wall that this browser keeps. */
export function useLocalWall(runId: string): [WallLayout, (layout: WallLayout) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => read(runId),
    () => "",
  );
  const layout = useMemo(() => parse(text), [text]);
  const save = useCallback(
    (next: WallLayout) => {
      try {
        localStorage.setItem(nameOf(runId), JSON.stringify(next));
      } catch {
        return;
      }
      for (const listen of listeners) {
        listen();
      }
    },
    [runId],
  );
  return [layout, save];
}
