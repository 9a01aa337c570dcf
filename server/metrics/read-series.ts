// Reads windows of series. Everything happens in one snapshot, so that the answer and its seq belong together. The
// asked keys go through each stage side by side, with one statement a stage:
//   run and tail → views (sealed points, then unsealed ones) → where the window begins and ends in each →
//   raw points when they fit the budget, else a plan of pyramid nodes and edge points → the sums per bucket.
// The cost follows the number of buckets, not the length of the history.
import type pg from "pg";
import type { Pool } from "../platform/pool.ts";
import type { Series, SeriesAnswer, XAxis } from "./contract.ts";
import { findRun, loadViews } from "./load-views.ts";
import { type Bound, locate } from "./locate.ts";
import { type BucketPlan, type Piece, planBuckets, type Span } from "./plan-buckets.ts";
import { BASE_POINTS } from "./pyramid-node.ts";
import { readSnapshot } from "./read-snapshot.ts";
import { chunksOf, type NodeRange, SealedReader } from "./sealed-reader.ts";
import { pointCount, type SeriesView } from "./series-view.ts";
import {
  bucketSeries,
  joinBuckets,
  type Place,
  pointsOf,
  rawSeries,
  sumBuckets,
} from "./summarise.ts";
import { interpolate, requireTokens, TOKENS_KEY, windowOnTokens } from "./tokens-axis.ts";

/** Like contract's SeriesQuery, with its defaults optional. */
export type ReadSeries = {
  runId: string;
  keys: string[];
  attempt?: number | undefined;
  x?: XAxis | undefined;
  from?: number | undefined;
  to?: number | undefined;
  buckets?: number | undefined;
};

const DEFAULT_BUCKETS = 500;
/** Bounds on one question, so that many keys with many buckets cannot hold up the process. */
const MOST_BUCKETS_IN_ALL = 200_000;
const MOST_POINTS_UNPACKED = 2_000_000;

/** A span of one series to be answered with at most so many buckets. */
type Wish = { view: SeriesView; span: Span; buckets: number };

/**
 * The asked window of each key: raw points when there are at most `buckets`, else at most that many buckets whose
 * statistics are exact for the steps they name. Both ends of the window belong to it. On the time axis the window is
 * the stretch of steps between the first time that is not before it and the last that is not behind it: exact while
 * times rise with the steps; where a clock went back it may hold a few points too many or too few, never half a bucket.
 * With very many keys, `buckets` and the fineness of short windows are lowered to what one answer may cost.
 * Keys that the attempt does not have are left out of the answer. Throws `not_found` for an unknown run or attempt and
 * `bad_request` for the tokens axis of a run without the metric `tokens`.
 */
export async function readSeries(pool: Pool, query: ReadSeries): Promise<SeriesAnswer> {
  return await readSnapshot(pool, (client) => readInSnapshot(client, query));
}

async function readInSnapshot(client: pg.PoolClient, query: ReadSeries): Promise<SeriesAnswer> {
  const { x = "step", from = -Infinity, to = Infinity } = query;
  const share = Math.floor(MOST_BUCKETS_IN_ALL / Math.max(1, query.keys.length));
  const buckets = Math.min(query.buckets ?? DEFAULT_BUCKETS, share);
  const run = await findRun(client, { runId: query.runId, attempt: query.attempt });
  const reader = new SealedReader(client);
  const keys = new Set(query.keys);
  const asked = x === "tokens" ? new Set([...keys, TOKENS_KEY]) : keys;
  const views = await loadViews(client, run, { keys: asked, reader });
  const { startMs } = run;
  const axis = await openAxis(reader, views, { x, from, to, buckets, startMs });
  const wanted = [...views].filter(([key]) => keys.has(key));
  const spans = await findSpans(
    reader,
    wanted.map(([, view]) => view),
    axis.window,
  );
  const wishes = wanted.map(([, view], index) => ({ view, span: spans[index] as Span, buckets }));
  const found = await readWishes(reader, wishes);
  const series = wanted.map(([key], index): [string, Series] => {
    const build = found[index] as BuildSeries;
    return [key, build(run.attempt, axis.place)];
  });
  return { seq: run.seq, attempt: run.attempt, series: Object.fromEntries(series) };
}

type Window = { field: "steps" | "times"; from: number; to: number };
type Axis = { window: Window; place: Place };

async function openAxis(
  reader: SealedReader,
  views: Map<string, SeriesView>,
  query: { x: XAxis; from: number; to: number; buckets: number; startMs: number },
): Promise<Axis> {
  const { x, from, to, buckets, startMs } = query;
  if (x === "relative") {
    const window: Window = { field: "times", from: from + startMs, to: to + startMs };
    return { window, place: (_, time) => time - startMs };
  }
  if (x === "time") {
    return { window: { field: "times", from, to }, place: (_, time) => time };
  }
  if (x === "step") {
    return { window: { field: "steps", from, to }, place: (step) => step };
  }
  const view = requireTokens(views);
  const { fromStep, toStep, span } = await windowOnTokens(reader, view, { from, to });
  const [build] = await readWishes(reader, [{ view, span, buckets: Math.max(buckets, 2) }]);
  const known = (build as BuildSeries)(0, (step) => step);
  return { window: { field: "steps", from: fromStep, to: toStep }, place: placeByTokens(known) };
}

/** Interpolates between the outermost points of each bucket, or between all points when they are few. */
function placeByTokens(known: Series): Place {
  if (known.kind === "raw") {
    return interpolate(known.steps, known.values.map(Number));
  }
  const steps: number[] = [];
  const tokens: number[] = [];
  known.steps.forEach((step, index) => {
    steps.push(step, known.lastSteps[index] as number);
    tokens.push(Number(known.first[index]), Number(known.last[index]));
  });
  return interpolate(steps, tokens);
}

/** Which points of each series lie in the window. */
async function findSpans(
  reader: SealedReader,
  views: SeriesView[],
  window: Window,
): Promise<Span[]> {
  const { field, from, to } = window;
  const bounds = views.flatMap((view): Bound[] => [
    ...(from === -Infinity ? [] : [{ view, field, at: from, above: false }]),
    ...(to === Infinity ? [] : [{ view, field, at: to, above: true }]),
  ]);
  const places = await locate(reader, bounds);
  let next = 0;
  return views.map((view) => {
    const first = from === -Infinity ? 0 : (places[next++] as number);
    const end = to === Infinity ? pointCount(view) : (places[next++] as number);
    return { from: first, to: Math.max(first, end) };
  });
}

type BuildSeries = (attempt: number, place: Place) => Series;

async function readWishes(reader: SealedReader, wishes: Wish[]): Promise<BuildSeries[]> {
  const short = wishes.filter(({ span, buckets }) => span.to - span.from < buckets * BASE_POINTS);
  const coarse =
    short.reduce((sum, { span }) => sum + span.to - span.from, 0) > MOST_POINTS_UNPACKED;
  const plans = wishes.map((wish) => planWish(wish, coarse));
  await reader.load(wishes.flatMap((wish, index) => chunksNeeded(wish, plans[index] ?? null)));
  const ranges = wishes.map((wish, index) => nodesNeeded(wish, plans[index] ?? null));
  const found = await reader.nodes(ranges.flat());
  let next = 0;
  return wishes.map(({ view, span, buckets }, index): BuildSeries => {
    const plan = plans[index] ?? null;
    if (plan === null) {
      return (attempt, place) => rawSeries(pointsOf(reader, view, span), attempt, place);
    }
    const nodes = found.slice(next, next + (ranges[index] as NodeRange[]).length);
    next += nodes.length;
    const sums = joinBuckets(sumBuckets(reader, view, { plan, nodes }), buckets);
    return (attempt, place) => bucketSeries(sums, attempt, place);
  });
}

/** Null when the points themselves fit the budget. */
function planWish({ view, span, buckets }: Wish, coarse: boolean): BucketPlan | null {
  const { cut, sealedCount } = view;
  return span.to - span.from <= buckets
    ? null
    : planBuckets({ span, buckets, cut, sealedCount, coarse });
}

function chunksNeeded({ view, span }: Wish, plan: BucketPlan | null) {
  const pieces: Piece[] = plan?.pieces ?? [{ kind: "points", ...span }];
  return pieces.flatMap((piece) =>
    piece.kind === "points" ? chunksOf(view.id, piece.from, Math.min(piece.to, view.cut)) : [],
  );
}

function nodesNeeded({ view }: Wish, plan: BucketPlan | null): NodeRange[] {
  return (plan?.pieces ?? []).flatMap((piece) =>
    piece.kind === "nodes"
      ? [{ id: view.id, level: piece.level, first: piece.first, end: piece.end }]
      : [],
  );
}
