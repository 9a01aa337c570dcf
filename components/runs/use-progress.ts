"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { RunProgress } from "#server/progress/contract.ts";
import { ENDED } from "./run-words.ts";
import type { LiveRun } from "./use-live-run.ts";

const REFRESH_MS = 15_000;

/** How far a run is and what it has used; asked for again each quarter of a minute while it goes on. */
export function useProgress({ run, status }: LiveRun): RunProgress | undefined {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.progress.read.queryOptions(
      { runId: run.id },
      {
        refetchInterval: ENDED.includes(status) ? false : REFRESH_MS,
        placeholderData: keepPreviousData,
      },
    ),
  );
  return data;
}
