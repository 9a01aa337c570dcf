"use client";
import { useCallback, useSyncExternalStore } from "react";
import { PLAIN_WALL, type WallLayout } from "./wall-layout.ts";

// A reader's arrangement of a run's wall stays in this browser.

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
    return localStorage.getItem(nameOf(runId)) ?? "[]";
  } catch {
    return "[]";
  }
}

function parse(text: string): WallLayout {
  try {
    const ids: unknown = JSON.parse(text);
    return Array.isArray(ids) && ids.every((id) => typeof id === "string")
      ? { pinned: ids }
      : PLAIN_WALL;
  } catch {
    return PLAIN_WALL;
  }
}

export function useWallLayout(runId: string): [WallLayout, (layout: WallLayout) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => read(runId),
    () => "[]",
  );
  const save = useCallback(
    (layout: WallLayout) => {
      try {
        localStorage.setItem(nameOf(runId), JSON.stringify(layout.pinned));
      } catch {
        return;
      }
      for (const listen of listeners) {
        listen();
      }
    },
    [runId],
  );
  return [parse(text), save];
}
