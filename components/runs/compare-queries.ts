import type { CompareSeries, CompareTable } from "#server/compare/contract.ts";
import { wireWindow } from "./curve-window.ts";
import type { View } from "./view.ts";

/** Twenty lines on one picture need no more than this each. */
const COMPARE_BUCKETS = 300;

type Asked = { ids: readonly string[]; view: Pick<View, "x" | "keys" | "window"> };

/** The one question behind the picture; the server prefetches the same. */
export function compareSeriesQuery({ ids, view }: Asked): CompareSeries {
  return {
    runs: ids.map((runId) => ({ runId })),
    keys: [view.keys[0] ?? "loss"],
    // Two runs share no clock: what was told by time is compared by the time since each start.
    x: view.x === "time" ? "relative" : view.x,
    ...(view.window === null ? {} : wireWindow(view.window)),
    buckets: COMPARE_BUCKETS,
  };
}

export const compareTableQuery = (ids: readonly string[]): CompareTable => ({ runIds: [...ids] });
