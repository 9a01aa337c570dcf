import { runStatus, type StatusFacts } from "../status/contract.ts";
import type { RunStatus } from "./contract.ts";

type Row = {
  finishStatus: string | null;
  paused: boolean;
  lastMessageAt: Date | null;
  messageIntervalMs: number | null;
};

/** The status of a run's row at `now` (Unix ms). */
export function statusOf(row: Row, now: number): RunStatus {
  return runStatus(
    {
      finishStatus: row.finishStatus as StatusFacts["finishStatus"],
      paused: row.paused,
      lastMessageAt: row.lastMessageAt?.getTime() ?? null,
      messageIntervalMs: row.messageIntervalMs,
    },
    now,
  );
}
