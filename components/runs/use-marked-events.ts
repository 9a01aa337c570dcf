"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { RunEvent } from "#server/runs/contract.ts";
import { EVENTS_QUERY } from "./detail-queries.ts";
import { wantedEvents } from "./use-events.ts";
import type { View } from "./view.ts";

type MarkedEvents = {
  /** The newest events of all kinds. */
  newest: RunEvent[];
  /** What stands on the curve: the kinds that are shown, in the shown window. */
  marked: RunEvent[];
};

/** A run's events for its curve. Where there are more than one answer holds, a window by step asks for its own. */
export function useMarkedEvents(
  runId: string,
  { x, hiddenKinds }: Pick<View, "x" | "hiddenKinds">,
  window: View["window"],
): MarkedEvents {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.runs.events.queryOptions({ runId, ...EVENTS_QUERY }));
  const more = data?.next != null && window !== null && x === "step";
  const { data: inside } = useQuery({
    ...trpc.runs.events.queryOptions({
      runId,
      limit: MOST_IN_WINDOW,
      ...wantedEvents(hiddenKinds, null),
      from: Math.max(0, Math.floor(window?.from ?? 0)),
      ...(window?.to == null ? {} : { to: Math.max(0, Math.ceil(window.to)) }),
    }),
    enabled: more,
    placeholderData: keepPreviousData,
  });
  return useMemo(() => {
    const newest = data?.events ?? [];
    const shown = newest.filter(({ kind }) => !hiddenKinds.includes(kind));
    const known = new Set(shown.map(({ id }) => id));
    const others = more ? (inside?.events ?? []).filter(({ id }) => !known.has(id)) : [];
    return { newest, marked: [...shown, ...others] };
  }, [data, inside, more, hiddenKinds]);
}

const MOST_IN_WINDOW = 500;
