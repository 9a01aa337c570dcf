import { useEffect, useRef } from "react";
import { listenTo } from "./signals.ts";

/** Calls `act` when something of any of the topics is new, at most each `everyMs`: the first time at once. */
export function useSignals(topics: readonly string[], everyMs: number, act: () => void): void {
  const newest = useRef(act);
  newest.current = act;
  const names = topics.join(",");
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let actedAt = Number.NEGATIVE_INFINITY;
    const hear = () => {
      timer ??= setTimeout(
        () => {
          timer = undefined;
          actedAt = Date.now();
          newest.current();
        },
        Math.max(0, actedAt + everyMs - Date.now()),
      );
    };
    const stops = names === "" ? [] : names.split(",").map((topic) => listenTo(topic, hear));
    return () => {
      clearTimeout(timer);
      for (const stop of stops) {
        stop();
      }
    };
  }, [names, everyMs]);
}
