"use client";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { EventKind, EventList, RunEvent } from "#server/runs/contract.ts";
import { EVENTS_QUERY } from "./detail-queries.ts";
import { KNOWN_KINDS } from "./known-kinds.ts";
import { useHash } from "./use-hash.ts";

export type ListedEvents = {
  events: RunEvent[];
  /** Asks for the events before the last of the list; null when there are none. */
  older: (() => void) | null;
  loading: boolean;
};

type Wanted = { kinds?: EventKind[]; attempt?: number };

/** The server chooses, so that a rare kind is found however many others lie between. */
export function wantedEvents(hiddenKinds: readonly string[], attempt: number | null): Wanted {
  const kinds = KNOWN_KINDS.events.filter((kind) => !hiddenKinds.includes(kind));
  return {
    ...(kinds.length < KNOWN_KINDS.events.length ? { kinds } : {}),
    ...(attempt === null ? {} : { attempt }),
  };
}

/** A run's events of the wanted kinds, newest first, page by page. */
export function useEvents(runId: string, wanted: Wanted): ListedEvents {
  const trpc = useTRPC();
  const asked = { runId, ...EVENTS_QUERY, ...wanted };
  const name = JSON.stringify(asked);
  const [pages, setPages] = useState<{ name: string; nexts: string[] }>({ name, nexts: [] });
  const nexts = pages.name === name ? pages.nexts : [];
  const first = useQuery(trpc.runs.events.queryOptions(asked));
  const rest = useQueries({
    queries: nexts.map((next) => trpc.runs.events.queryOptions({ ...asked, next })),
    combine: (results) => ({
      lists: results.flatMap(({ data }) => (data === undefined ? [] : [data])),
      loading: results.some(({ isPending }) => isPending),
    }),
  });
  const events = useMemo(() => joinLists([first.data, ...rest.lists]), [first.data, rest.lists]);
  const next = (rest.lists.at(-1) ?? first.data)?.next ?? null;
  const loading = first.isPending || rest.loading;
  return {
    events,
    older: next === null || loading ? null : () => setPages({ name, nexts: [...nexts, next] }),
    loading,
  };
}

/** News moves the places where pages begin, so an event may come in two of them. */
function joinLists(lists: readonly (EventList | undefined)[]): RunEvent[] {
  const all = lists.flatMap((list) => list?.events ?? []);
  return [...new Map(all.map((event) => [event.id, event])).values()];
}

/** The event that the address points to where it is not among those at hand. */
export function useLinkedEvent(runId: string, events: readonly RunEvent[]): RunEvent | null {
  const trpc = useTRPC();
  const hash = useHash();
  const missing = hash.startsWith("evt_") && !events.some(({ id }) => id === hash);
  const { data } = useQuery(
    trpc.runs.event.queryOptions({ id: hash }, { enabled: missing, retry: false }),
  );
  return missing && data?.runId === runId ? data : null;
}
