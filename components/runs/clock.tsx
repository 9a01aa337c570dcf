"use client";
import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";

// The portal's clock as seen from this tab. Ages and states are computed against the server's time, so that a
// visitor's wrong clock cannot make a living run look stalled.

const TICK_MS = 1_000;
let offsetMs: number | null = null;
let current = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** Now, by the portal's clock, Unix milliseconds. */
export const portalNow = (): number => Date.now() + (offsetMs ?? 0);

function tick(): void {
  current = portalNow();
  for (const listen of listeners) {
    listen();
  }
}

function subscribe(listen: () => void): () => void {
  listeners.add(listen);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listen);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

const ServerNow = createContext(0);

type ClockProviderProps = { serverNow: number; children: ReactNode };

/** Sets the tab's clock by the time at which the server drew the page. */
export function ClockProvider({ serverNow, children }: ClockProviderProps) {
  if (typeof window !== "undefined" && offsetMs === null) {
    offsetMs = serverNow - Date.now();
    current = serverNow;
  }
  return <ServerNow value={serverNow}>{children}</ServerNow>;
}

/** The portal's time, moving once a second; while a page is first drawn, the time at which the server drew it. */
export function useNow(): number {
  const serverNow = useContext(ServerNow);
  return useSyncExternalStore(
    subscribe,
    () => current,
    () => serverNow,
  );
}

const never = () => () => undefined;

/** False while the server's drawing is taken over, true from then on. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
