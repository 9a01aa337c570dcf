import type { QueryClient } from "@tanstack/react-query";
import type { LiveFrame, RunDetail } from "#server/runs/contract.ts";
import { applyBeat } from "./live-cache.ts";
import {
  type Connection,
  type ConnectionState,
  openConnection,
  type Stream,
} from "./live-connection.ts";
import { updateRunCaches } from "./update-run-caches.ts";

// One stream per run and tab: the strip and the page share it. It writes into the query cache, so that server
// state has one home; the newest frames are kept to bring answers up to date that arrive behind the stream.

type Entry = {
  users: number;
  connection: Connection;
  state: ConnectionState;
  frames: LiveFrame[];
  listeners: Set<() => void>;
};

const KEPT_FRAMES = 300;
const IDLE: ConnectionState = { phase: "idle" };
const entries = new Map<string, Entry>();

export type LiveSubscription = { runId: string; queryClient: QueryClient };

/** Joins the run's stream, opening it if nobody has; gives back how to leave. */
export function joinRun({ runId, queryClient }: LiveSubscription): () => void {
  const entry = entries.get(runId) ?? startEntry({ runId, queryClient });
  entry.users += 1;
  updateRunCaches({ queryClient, runId, frames: entry.frames });
  return () => {
    entry.users -= 1;
    // A page change unmounts one user a moment before it mounts the next: the stream outlives that moment.
    setTimeout(() => {
      if (entry.users === 0 && entries.get(runId) === entry) {
        entries.delete(runId);
        entry.connection.close();
      }
    }, 2_000);
  };
}

/** The stream starts after the oldest answer that is held, so that none of them misses a frame. */
function oldestSeq({ runId, queryClient }: LiveSubscription): number {
  const seqs = queryClient
    .getQueryCache()
    .getAll()
    .flatMap((query) => {
      const { seq } = (query.state.data ?? {}) as { seq?: unknown };
      return typeof seq === "number" && query.isActive() && concerns(query.queryKey, runId)
        ? [seq]
        : [];
    });
  return seqs.length === 0 ? 0 : Math.min(...seqs);
}

function startEntry({ runId, queryClient }: LiveSubscription): Entry {
  const entry: Entry = {
    users: 0,
    state: IDLE,
    frames: [],
    listeners: listenersOf(runId),
    connection: { retryNow: () => undefined, close: () => undefined },
  };
  entries.set(runId, entry);
  entry.connection = openConnection({
    since: oldestSeq({ runId, queryClient }),
    openStream: (from) => {
      const address = `/api/v1/runs/${encodeURIComponent(runId)}/live?since=${from}`;
      return new EventSource(address) as unknown as Stream;
    },
    onFrames: (frames) => {
      entry.frames = [...entry.frames, ...frames].slice(-KEPT_FRAMES);
      updateRunCaches({ queryClient, runId, frames: entry.frames });
    },
    onReset: () => {
      entry.frames = [];
      void queryClient.invalidateQueries({ predicate: (query) => concerns(query.queryKey, runId) });
    },
    onBeat: (beat) => {
      queryClient.setQueriesData(
        { predicate: ({ queryKey }) => isRead(queryKey, runId) },
        (run: RunDetail | undefined) => (run === undefined ? undefined : applyBeat(run, beat)),
      );
    },
    onState: (state) => {
      entry.state = state;
      for (const listen of entry.listeners) {
        listen();
      }
    },
  });
  return entry;
}

function concerns(queryKey: readonly unknown[], runId: string): boolean {
  const input = (queryKey[1] as { input?: { id?: unknown; runId?: unknown } } | undefined)?.input;
  return input?.id === runId || input?.runId === runId;
}

function isRead(queryKey: readonly unknown[], runId: string): boolean {
  const [path, options] = queryKey as [
    readonly string[] | undefined,
    { input?: { id?: unknown } } | undefined,
  ];
  return path?.join(".") === "runs.read" && options?.input?.id === runId;
}

const listenersByRun = new Map<string, Set<() => void>>();

function listenersOf(runId: string): Set<() => void> {
  const known = listenersByRun.get(runId) ?? new Set();
  listenersByRun.set(runId, known);
  return known;
}

/** Hears of every change of the connection's state, also before it is opened. */
export function watchState(runId: string, listen: () => void): () => void {
  const listeners = listenersOf(runId);
  listeners.add(listen);
  return () => listeners.delete(listen);
}

export const connectionState = (runId: string): ConnectionState =>
  entries.get(runId)?.state ?? IDLE;

export const retryNow = (runId: string): void => entries.get(runId)?.connection.retryNow();
