import { appendFrame } from "#components/charts/append-frame.ts";
import {
  type ChartSeries,
  parseSeries,
  type SeriesData,
  toWireSeries,
} from "#components/charts/series.ts";
import type { Series, SeriesAnswer, SeriesQuery, WireNumber } from "#server/metrics/contract.ts";
import type { LiveFrame, RunDetail, RunEvent } from "#server/runs/contract.ts";
import type { Beat } from "./live-connection.ts";

// How a live frame changes each answer that a page holds. Every answer carries the seq it is current to;
// frames up to it are skipped, so a repeat after a reconnect changes nothing. All functions are pure.

/**
 * The frames that an answer has not seen; "gap" when some between are missing, so it must be fetched again.
 * An answer that knows its items by id (`loose`) does not mind a gap before the frames that are kept.
 */
export function unseenFrames(
  seq: number,
  frames: readonly LiveFrame[],
  loose = false,
): LiveFrame[] | "gap" {
  const unseen = frames.filter((frame) => frame.seq > seq);
  const first = unseen[0];
  return !loose && first !== undefined && first.seq > seq + 1 ? "gap" : unseen;
}

const ENDINGS = new Set(["finished", "failed", "stopped"]);

/** Newest step, values, tokens and sign of life. `receivedAt` is by the portal's clock. */
export function applyToRun(
  run: RunDetail,
  frames: readonly LiveFrame[],
  receivedAt: number,
): RunDetail {
  return frames.reduce((before, frame) => applyFrameToRun(before, frame, receivedAt), run);
}

/** A sign of life between batches. */
export function applyBeat(run: RunDetail, { at, paused }: Beat): RunDetail {
  return { ...run, paused, lastMessageAt: Math.max(at, run.lastMessageAt ?? 0) };
}

function applyFrameToRun(run: RunDetail, frame: LiveFrame, receivedAt: number): RunDetail {
  const newAttempt = frame.attempt > run.attempt;
  const current = frame.attempt >= run.attempt;
  const speaks = frame.steps.length > 0;
  const newest = current && speaks ? newestValues(frame) : {};
  const tokens = newest["tokens"];
  const lastTime = frame.times.at(-1);
  return {
    ...run,
    seq: frame.seq,
    attempt: Math.max(run.attempt, frame.attempt),
    step: current && speaks ? Math.max(newAttempt ? 0 : run.step, ...frame.steps) : run.step,
    tokens: typeof tokens === "number" ? tokens : run.tokens,
    latest: newAttempt ? newest : { ...run.latest, ...newest },
    keys: withKeys(run.keys, Object.keys(frame.series)),
    startedAt: run.startedAt ?? frame.times[0] ?? null,
    lastMessageAt: receivedAt,
    updatedAt: lastTime === undefined ? run.updatedAt : Math.max(run.updatedAt, receivedAt),
    ...ending(run, frame),
  };
}

/** The very same list while nothing is new in it. */
function withKeys(known: string[], said: readonly string[]): string[] {
  const all = new Set([...known, ...said]);
  return all.size === known.length ? known : [...all];
}

/** A finish event ends the run; numbers after it open it again. */
function ending(run: RunDetail, frame: LiveFrame): Pick<RunDetail, "status" | "finishedAt"> {
  const finish = frame.events.findLast((event) => event.kind === "finish");
  if (finish !== undefined) {
    const said = finish.data?.["status"];
    const status = said === "failed" || said === "stopped" ? said : "finished";
    return { status, finishedAt: finish.time };
  }
  if (frame.steps.length > 0 && ENDINGS.has(run.status)) {
    return { status: "live", finishedAt: null };
  }
  return { status: run.status, finishedAt: run.finishedAt };
}

function newestValues(frame: LiveFrame): Record<string, WireNumber> {
  const entries = Object.entries(frame.series).flatMap(([key, values]) => {
    const newest = values.findLast((value) => value !== null);
    return newest === undefined || newest === null ? [] : [[key, newest] as const];
  });
  return Object.fromEntries(entries);
}

/** A series answer with the frames' points appended; points beyond a window that ends stay out. */
export function applyToSeries(
  answer: SeriesAnswer,
  query: Pick<SeriesQuery, "keys" | "x" | "to">,
  frames: readonly LiveFrame[],
): SeriesAnswer {
  const last = frames.at(-1);
  if (last === undefined) {
    return answer;
  }
  const cut = frames.map((frame) => cutFrame(frame, query));
  const grown: Record<string, Series> = {};
  for (const key of query.keys) {
    const before = answer.series[key];
    const start = before === undefined ? EMPTY : parseSeries(before);
    const chart = {
      id: key,
      label: key,
      role: "main" as const,
      attempt: answer.attempt,
      data: start,
    };
    const { data } = cut.reduce<ChartSeries>(
      (now, frame) => appendFrame(now, frame, query.x),
      chart,
    );
    if (data !== start) {
      grown[key] = toWire(data, answer.attempt);
    }
  }
  // A window of the past stays the very same, so that nothing of it is drawn again.
  const same = Object.keys(grown).length === 0;
  const series = same ? answer.series : { ...answer.series, ...grown };
  return { ...answer, seq: last.seq, series };
}

const EMPTY: SeriesData = { kind: "raw", steps: [], times: [], x: [], values: [] };

/** The frame without what lies beyond a window's end. Tokens are left to the next fetch: a window on them is small. */
function cutFrame(frame: LiveFrame, { x, to }: Pick<SeriesQuery, "x" | "to">): LiveFrame {
  if (to === undefined || frame.steps.length === 0) {
    return frame;
  }
  const position = x === "time" ? frame.times : x === "step" ? frame.steps : frame.series["tokens"];
  const inside = (_: unknown, index: number) => Number(position?.[index] ?? Number.NaN) <= to;
  return {
    ...frame,
    steps: frame.steps.filter(inside),
    times: frame.times.filter(inside),
    series: Object.fromEntries(
      Object.entries(frame.series).map(([key, values]) => [key, values.filter(inside)]),
    ),
  };
}

/** In memory a NaN may stay a number; only JSON needs words for it. */
function toWire(data: SeriesData, attempt: number): Series {
  return toWireSeries(data, attempt) as unknown as Series;
}

export type EventsWanted = {
  kinds?: readonly string[] | undefined;
  attempt?: number | undefined;
  from?: number | undefined;
  to?: number | undefined;
};

/** Events newest first, each once. One that comes again was edited and takes its place; a removed one goes. The very same list where nothing came. */
export function applyToEvents(
  events: RunEvent[],
  frames: readonly LiveFrame[],
  wanted: EventsWanted = {},
): RunEvent[] {
  const came = new Map(
    frames
      .flatMap((frame) => frame.events)
      .filter((event) => isWanted(event, wanted))
      .map((event) => [event.id, event]),
  );
  if (came.size === 0) {
    return events;
  }
  const known = new Set(events.map(({ id }) => id));
  const fresh = [...came.values()].filter(({ id }) => !known.has(id)).reverse();
  return [...fresh, ...events.map((event) => came.get(event.id) ?? event)].filter(
    ({ data }) => data?.["deleted"] !== true,
  );
}

function isWanted(event: RunEvent, { kinds, attempt, from, to }: EventsWanted): boolean {
  return (
    (kinds === undefined || kinds.includes(event.kind)) &&
    (attempt === undefined || attempt === event.attempt) &&
    event.step >= (from ?? 0) &&
    event.step <= (to ?? Number.POSITIVE_INFINITY)
  );
}
