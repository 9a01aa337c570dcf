"use client";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { RunDetail, RunStatus } from "#server/runs/contract.ts";
import { runStatus } from "#server/status/contract.ts";
import { portalNow, useNow } from "./clock.tsx";
import type { ConnectionState } from "./live-connection.ts";
import { connectionState, joinRun, watchState } from "./live-registry.ts";
import { ENDED } from "./run-words.ts";

export type LiveRun = {
  run: RunDetail;
  /** Computed anew each second from the run's facts. */
  status: RunStatus;
  /** The portal's time. */
  now: number;
  /** Since the last message, milliseconds; null before the first. */
  silentMs: number | null;
  connection: ConnectionState;
};

const SILENT_POLL_MS = 15_000;
const ENDED_POLL_MS = 60_000;

/** A run kept current by its stream. One that has ended opens none; it is asked now and then, for it may speak again. */
export function useLiveRun(id: string): LiveRun {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: run } = useSuspenseQuery(
    trpc.runs.read.queryOptions({ id }, { refetchInterval: ({ state }) => pollEvery(state.data) }),
  );
  const now = useNow();
  const ended = ENDED.includes(run.status);
  useEffect(
    () => (ended ? undefined : joinRun({ runId: id, queryClient })),
    [id, ended, queryClient],
  );
  const connection = useSyncExternalStore(
    (listen) => watchState(id, listen),
    () => connectionState(id),
    () => connectionState(id),
  );
  const silentMs = run.lastMessageAt === null ? null : Math.max(0, now - run.lastMessageAt);
  return { run, status: statusAt(run, now), now, silentMs, connection };
}

function statusAt(run: RunDetail, now: number): RunStatus {
  const { status } = run;
  const finishStatus =
    status === "finished" || status === "failed" || status === "stopped" ? status : null;
  return runStatus({ ...run, finishStatus }, now);
}

/** A run that falls silent is asked all the same: its stream may have been lost without a word. */
function pollEvery(run: RunDetail | undefined): number | false {
  if (run === undefined || run.archived) {
    return false;
  }
  const status = statusAt(run, portalNow());
  if (ENDED.includes(status)) {
    return ENDED_POLL_MS;
  }
  return status === "live" ? false : SILENT_POLL_MS;
}
