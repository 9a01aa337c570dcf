"use client";

import {
  createContext,
  type JSX,
  type ReactNode,
  useContext,
  useState,
  useSyncExternalStore,
} from "react";

/** Where the cross-hair stands on the x axis; null when nobody points. */
export type CursorStore = {
  get: () => number | null;
  set: (x: number | null) => void;
  subscribe: (listen: () => void) => () => void;
};

export function createCursorStore(): CursorStore {
  let place: number | null = null;
  const listeners = new Set<() => void>();
  return {
    get: () => place,
    set: (x) => {
      if (x !== place) {
        place = x;
        for (const listen of listeners) {
          listen();
        }
      }
    },
    subscribe: (listen) => {
      listeners.add(listen);
      return () => {
        listeners.delete(listen);
      };
    },
  };
}

const Shared = createContext<CursorStore | null>(null);

/** All charts inside share one cross-hair. A move wakes the cross-hairs only, never the curves. */
export function ChartSync({ children }: { children: ReactNode }): JSX.Element {
  const [store] = useState(createCursorStore);
  return <Shared value={store}>{children}</Shared>;
}

/** The shared cross-hair, or one of this chart's own outside `ChartSync`. */
export function useCursorStore(): CursorStore {
  const [own] = useState(createCursorStore);
  return useContext(Shared) ?? own;
}

const nowhere = (): null => null;

export function useCursor(store: CursorStore): number | null {
  return useSyncExternalStore(store.subscribe, store.get, nowhere);
}
