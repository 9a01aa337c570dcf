import type { Query, QueryClient } from "@tanstack/react-query";
import type { SeriesAnswer, SeriesQuery } from "#server/metrics/contract.ts";
import type { EventKind, EventList, LiveFrame, LogTail, RunDetail } from "#server/runs/contract.ts";
import { portalNow } from "./clock.tsx";
import { isLayerKey } from "./layer-stats.ts";
import { applyToEvents, applyToRun, applyToSeries, unseenFrames } from "./live-cache.ts";
import { applyToLog } from "./log-tail-data.ts";
import { pacedUpdate } from "./paced-update.ts";

export type CacheUpdate = { queryClient: QueryClient; runId: string; frames: readonly LiveFrame[] };

type Input = {
  id?: string;
  runId?: string;
  next?: string;
  kinds?: string[];
} & Partial<SeriesQuery>;
type Change = (data: unknown, frames: LiveFrame[], input: Input) => unknown;

/** How frames change each procedure's answer. */
const CHANGES: Record<string, Change> = {
  read: (data, frames) => applyToRun(data as RunDetail, frames, portalNow()),
  series: (data, frames, input) =>
    applyToSeries(
      data as SeriesAnswer,
      { keys: input.keys ?? [], x: input.x ?? "step", to: input.to },
      frames,
    ),
  events: (data, frames, input) => {
    const list = data as EventList;
    // A later page of the list holds what is older: news only changes what it has.
    const known = new Set(list.events.map(({ id }) => id));
    const told =
      input.next === undefined
        ? frames
        : frames.map((frame) => ({
            ...frame,
            events: frame.events.filter(({ id }) => known.has(id)),
          }));
    const events = applyToEvents(list.events, told, input);
    return events === list.events ? list : { ...list, events };
  },
  log: (data, frames) => applyToLog(data as LogTail, frames),
};

type Tells = (frame: LiveFrame) => boolean;

const onEvent =
  (...kinds: EventKind[]): Tells =>
  ({ events }) =>
    events.some(({ kind }) => kinds.includes(kind));

/** Frames after which an answer is asked for again, because they do not carry all of it. */
const FETCH_AFTER: Record<string, Tells> = {
  read: onEvent("start", "restart", "rollback", "finish", "command"),
  checkpoints: onEvent("checkpoint"),
  samples: onEvent("checkpoint", "evaluation"),
  evaluations: onEvent("evaluation", "checkpoint"),
  commands: ({ events }) => events.some(({ data }) => data?.["commandId"] !== undefined),
  heatMap: ({ series }) => Object.keys(series).some(isLayerKey),
};

/** An answer that hardly changes with one frame is asked for again no sooner than this after it came. */
const FETCH_NO_SOONER_MS: Record<string, number> = { heatMap: 10_000 };

/** For answers without a seq of their own: the newest frame that each has been offered. */
const offered = new WeakMap<Query, number>();

/** A question for so many lines is the wall's. */
const MANY_KEYS = 8;

/** Brings every answer about the run that this tab holds up to the newest frame. */
export function updateRunCaches({ queryClient, runId, frames }: CacheUpdate): void {
  if (frames.length === 0) {
    return;
  }
  for (const query of queryClient.getQueryCache().getAll()) {
    const [path, options] = query.queryKey as [readonly string[], { input?: Input } | undefined];
    const input = options?.input;
    if (isShown(query) && path[0] === "runs" && (input?.id === runId || input?.runId === runId)) {
      const target = { queryClient, query, name: path[1] ?? "", input };
      if ((input.keys?.length ?? 0) >= MANY_KEYS) {
        pacedUpdate(query, frames, (newest) => isShown(query) && updateQuery(target, newest));
      } else {
        updateQuery(target, frames);
      }
    }
  }
}

/** What nobody looks at stays as it is; when it is looked at again, the gap is seen and it is fetched. */
const isShown = (query: Query): boolean => query.isActive() && query.state.data !== undefined;

type Target = { queryClient: QueryClient; query: Query; name: string; input: Input };

function updateQuery(target: Target, frames: readonly LiveFrame[]): void {
  const { queryClient, query, name, input } = target;
  const { seq } = query.state.data as { seq?: number };
  const unseen = unseenFrames(seq ?? offered.get(query) ?? 0, frames, seq === undefined);
  offered.set(query, frames.at(-1)?.seq ?? 0);
  if (unseen === "gap") {
    if (query.state.fetchStatus === "idle") {
      void queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true });
    }
    return;
  }
  const change = CHANGES[name];
  if (change !== undefined && unseen.length > 0) {
    queryClient.setQueryData(query.queryKey, (data: unknown) => change(data, unseen, input));
  }
  if (FETCH_AFTER[name] !== undefined && unseen.some(FETCH_AFTER[name])) {
    fetchAgain({ queryClient, query }, FETCH_NO_SOONER_MS[name] ?? 0);
  }
}

const fetchesDue = new WeakSet<Query>();

/** At once, or when the answer that is held is `noSooner` milliseconds old: once, however many frames ask for it. */
function fetchAgain(
  { queryClient, query }: Pick<Target, "queryClient" | "query">,
  noSooner: number,
): void {
  const fetch = () => {
    fetchesDue.delete(query);
    void queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true });
  };
  const wait = query.state.dataUpdatedAt + noSooner - Date.now();
  if (noSooner === 0 || wait <= 0) {
    fetch();
  } else if (!fetchesDue.has(query)) {
    fetchesDue.add(query);
    setTimeout(fetch, wait);
  }
}
