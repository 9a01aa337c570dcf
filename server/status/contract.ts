// Apart from the schemas of runs, so that a browser which computes a status each second does not load zod for it.
import type { RunStatus } from "../runs/contract.ts";

/** What the status is computed from. All times Unix milliseconds. */
export type StatusFacts = {
  finishStatus: "finished" | "failed" | "stopped" | null;
  paused: boolean;
  lastMessageAt: number | null;
  messageIntervalMs: number | null;
};

const QUIET_AFTER_INTERVALS = 3;
const STALLED_AFTER_INTERVALS = 5;
const QUIET_FLOOR_MS = 15_000;
const STALLED_FLOOR_MS = 60_000;

/**
 * A run's status at a moment, from facts only; nothing stores it, so a run that speaks again is live again.
 * Quiet after 3 median message intervals (at least 15 s), stalled after 5 (at least 60 s).
 */
export function runStatus(facts: StatusFacts, now: number): RunStatus {
  if (facts.finishStatus !== null) {
    return facts.finishStatus;
  }
  if (facts.lastMessageAt === null) {
    return "waiting";
  }
  const age = now - facts.lastMessageAt;
  const interval = facts.messageIntervalMs ?? 0;
  if (age > Math.max(STALLED_FLOOR_MS, STALLED_AFTER_INTERVALS * interval)) {
    return "stalled";
  }
  if (facts.paused) {
    return "paused";
  }
  return age > Math.max(QUIET_FLOOR_MS, QUIET_AFTER_INTERVALS * interval) ? "quiet" : "live";
}
