import { z } from "zod";
import { DecisionPage, DecisionQuery } from "../decisions/contract.ts";
import { listDecisions } from "../decisions/list-decisions.ts";
import { MAX_BUCKETS, SeriesAnswer, SeriesQuery, XAxis } from "../metrics/contract.ts";
import { readSeries } from "../metrics/read-series.ts";
import {
  CheckpointList,
  EvaluationList,
  EventKind,
  EventList,
  FoundEvent,
  LineList,
  LiveFrame,
  RunDetail,
  RunList,
  SampleList,
} from "../runs/contract.ts";
import { listCheckpoints } from "../runs/list-checkpoints.ts";
import { listEvaluations } from "../runs/list-evaluations.ts";
import { listEvents, readEvent } from "../runs/list-events.ts";
import { listLines } from "../runs/list-lines.ts";
import { listRuns } from "../runs/list-runs.ts";
import { listSamples } from "../runs/list-samples.ts";
import { readRun } from "../runs/read-run.ts";
import { jsonRoute, type Route } from "./route.ts";

const MAX_LIMIT = 500;
const MAX_INT4 = 2_147_483_647;
const Limit = z.coerce.number().int().min(1).max(MAX_LIMIT).optional();
const Next = z.string().max(400).optional();
const Whole = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const AttemptNumber = z.coerce.number().int().min(1).max(MAX_INT4).optional();
const Page = z.object({ limit: Limit, next: Next });
const PageOfAttempt = Page.extend({ attempt: AttemptNumber });

const EventQuery = Page.extend({
  kinds: z
    .string()
    .max(400)
    .transform((text) => text.split(",").filter((kind) => kind !== ""))
    .pipe(z.array(EventKind))
    .optional(),
  attempt: AttemptNumber,
  from: Whole.optional(),
  to: Whole.optional(),
});

const SeriesParameters = z.object({
  keys: z
    .string({ error: "Name the series to read: keys=loss,lr" })
    .max(50_000)
    .transform((text) => text.split(",").filter((key) => key !== ""))
    .pipe(SeriesQuery.shape.keys),
  attempt: AttemptNumber,
  x: XAxis.default("step"),
  from: z.coerce.number().optional(),
  to: z.coerce.number().optional(),
  buckets: z.coerce.number().int().min(1).max(MAX_BUCKETS).default(500),
});

/** What anyone may read. */
export const readRoutes: Route[] = [
  jsonRoute({
    id: "listRuns",
    method: "GET",
    path: "/api/v1/runs",
    access: "public",
    summary: "Runs, newest change first",
    query: Page.extend({ project: z.string().max(63).optional() }),
    answer: RunList,
    handle: ({ db, clock, query }) => listRuns(db, { ...query, now: clock() }),
  }),
  jsonRoute({
    id: "readRun",
    method: "GET",
    path: "/api/v1/runs/{id}",
    access: "public",
    summary: "One run with its plan, attempts and newest values",
    answer: RunDetail,
    handle: ({ db, pool, clock, params }) => readRun({ db, pool }, { id: params.id, now: clock() }),
  }),
  jsonRoute({
    id: "readSeries",
    method: "GET",
    path: "/api/v1/runs/{id}/series",
    access: "public",
    summary: "Series of a run, down-sampled to what can be drawn",
    description:
      "Raw points where the window holds at most `buckets` of them, else buckets with minimum, maximum, first, last, mean and count. `from` and `to` are on the axis `x`, both included. Without `attempt`: the newest. A live stream opened with `since=seq` goes on without gap or repeat.",
    query: SeriesParameters,
    answer: SeriesAnswer,
    bulky: true,
    handle: ({ pool, params, query }) => readSeries(pool, { ...query, runId: params.id }),
  }),
  jsonRoute({
    id: "listEvents",
    method: "GET",
    path: "/api/v1/runs/{id}/events",
    access: "public",
    summary: "Events of a run, newest first",
    description: "`kinds=spike,nan` names the kinds; `from` and `to` are steps, both included.",
    query: EventQuery,
    answer: EventList,
    handle: ({ db, params, query }) => listEvents(db, { ...query, runId: params.id }),
  }),
  jsonRoute({
    id: "readEvent",
    method: "GET",
    path: "/api/v1/events/{id}",
    access: "public",
    summary: "One event by the identifier in its anchor",
    answer: FoundEvent,
    handle: ({ db, params }) => readEvent(db, params.id),
  }),
  jsonRoute({
    id: "listSamples",
    method: "GET",
    path: "/api/v1/runs/{id}/samples",
    access: "public",
    summary: "Texts that the model generated, newest step first",
    query: PageOfAttempt.extend({ step: Whole.optional() }),
    answer: SampleList,
    handle: ({ db, params, query }) => listSamples(db, { ...query, runId: params.id }),
  }),
  jsonRoute({
    id: "listEvaluations",
    method: "GET",
    path: "/api/v1/runs/{id}/evaluations",
    access: "public",
    summary: "Evaluations of a run, newest step first",
    query: PageOfAttempt,
    answer: EvaluationList,
    handle: ({ db, params, query }) => listEvaluations(db, { ...query, runId: params.id }),
  }),
  jsonRoute({
    id: "listLines",
    method: "GET",
    path: "/api/v1/runs/{id}/console",
    access: "public",
    summary: "The trainer's console",
    description: "Without `after`: the newest lines. With it: the lines after that number.",
    query: z.object({ limit: Limit, after: Whole.optional() }),
    answer: LineList,
    handle: ({ db, params, query }) => listLines(db, { ...query, runId: params.id }),
  }),
  jsonRoute({
    id: "listCheckpoints",
    method: "GET",
    path: "/api/v1/runs/{id}/checkpoints",
    access: "public",
    summary: "Public checkpoints of a run, newest first",
    query: Page,
    answer: CheckpointList,
    handle: ({ db, params, query }) => listCheckpoints(db, { ...query, runId: params.id }),
  }),
  jsonRoute({
    id: "listDecisions",
    method: "GET",
    path: "/api/v1/decisions",
    access: "public",
    summary: "The public log of decisions, hash-chained",
    description:
      "Newest first, older than `before`; or oldest first behind `after`, as a verifier reads it. A row's `hash` is the SHA-256 of its canonical JSON (names sorted, no spaces) without `hash` itself; `previousHash` of the first row is 64 zeros.",
    query: DecisionQuery,
    answer: DecisionPage,
    handle: ({ db, query }) => listDecisions(db, query),
  }),
];

/** Served by server/live, before the gateway; named here so that it is documented with the rest. */
export const LIVE_STREAM = {
  path: "/api/v1/runs/{id}/live",
  summary: "The run as it happens (server-sent events)",
  description:
    "`event: log` with `id: seq` and one frame of JSON; `event: beat` with `{at, paused}` for each of the trainer's signs of life; a comment every 15 s; `event: reset` when the reader was away for too long and must read the series anew. Goes on after `Last-Event-ID` or `?since=SEQ`.",
  frame: LiveFrame,
} as const;
