import type { IconName } from "#components/ui/icon.tsx";
import type { RunDetail, RunStatus } from "#server/runs/contract.ts";
import { DEFAULT_VIEW } from "./view.ts";

/** A status's shape and colour; the word comes from the catalogue. */
export const STATUS_LOOK: Record<RunStatus, { icon: IconName; tone: string }> = {
  waiting: { icon: "s-open", tone: "idle" },
  live: { icon: "s-live", tone: "live" },
  quiet: { icon: "s-half", tone: "idle" },
  stalled: { icon: "s-stalled", tone: "warn" },
  paused: { icon: "s-paused", tone: "idle" },
  finished: { icon: "s-finished", tone: "" },
  failed: { icon: "s-bad", tone: "bad" },
  stopped: { icon: "s-half", tone: "" },
};

export const ENDED: readonly RunStatus[] = ["finished", "failed", "stopped"];

/** A point a day is no noise to be smoothed away. */
export function usualSmoothing(config: RunDetail["config"]): number {
  return stepUnit(config) === "day" ? 0 : DEFAULT_VIEW.smoothing;
}

/** What a run counts: steps, or days for histories that were published day by day. */
export function stepUnit(config: RunDetail["config"]): "step" | "day" {
  return config["stepUnit"] === "day" ? "day" : "step";
}
