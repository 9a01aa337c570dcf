import { type LatestValue, latestValues } from "../metrics/latest-values.ts";
import { readSeries } from "../metrics/read-series.ts";
import type { Db, Prisma } from "../platform/db.ts";
import type { Pool } from "../platform/pool.ts";
import { unknownRun } from "../run-log/run-row.ts";
import type { Plan, RunDetail, RunStatus } from "../runs/contract.ts";
import { runStatus, type StatusFacts } from "../status/contract.ts";
import { arrivalOf, marksOf } from "./arrival.ts";
import type { Arrival, CurrentStage, RunProgress } from "./contract.ts";
import { figuresOf, newestOf } from "./figures.ts";

const SHOWN = {
  id: true,
  config: true,
  planned: true,
  attempt: true,
  step: true,
  tokens: true,
  startedAt: true,
  finishedAt: true,
  finishStatus: true,
  paused: true,
  lastMessageAt: true,
  messageIntervalMs: true,
  attempts: { select: { number: true, startedAt: true } },
} satisfies Prisma.RunSelect;
type Row = Prisma.RunGetPayload<{ select: typeof SHOWN }>;
type Tools = { db: Db; pool: Pool };
type Latest = ReadonlyMap<string, LatestValue>;

/** How far a run is, when it will be done and what it has cost, at `now`. Throws `not_found`. */
export async function readProgress(
  { db, pool }: Tools,
  { runId, now }: { runId: string; now: number },
): Promise<RunProgress> {
  const row = await db.run.findUnique({ where: { id: runId }, select: SHOWN });
  if (row === null) {
    throw unknownRun(runId);
  }
  const latest = await latestValues(pool, { runId, attempt: row.attempt });
  const status = statusOf(row, now);
  const share = shareOf(row, latest);
  return {
    runId,
    status,
    ...share,
    arrival: await guessArrival(pool, { row, status, share, latest }),
    stage: stageOf(row.planned as Plan, Number(row.step)),
    step: Number(row.step),
    tokens: row.tokens === null ? null : Number(row.tokens),
    ...timesOf(row, now),
    ...figuresOf(latest, row.config as RunDetail["config"]),
  };
}

function statusOf(row: Row, now: number): RunStatus {
  const { finishStatus, paused, messageIntervalMs } = row;
  const facts = { paused, messageIntervalMs, lastMessageAt: row.lastMessageAt?.getTime() ?? null };
  return runStatus({ ...facts, finishStatus: finishStatus as StatusFacts["finishStatus"] }, now);
}

type Share = Pick<RunProgress, "basis" | "done" | "planned" | "percent">;

/** A run that has done its planned steps is done, also where its rows held fewer tokens than was thought. */
function shareOf(row: Row, latest: Latest): Share {
  const plan = row.planned as Plan;
  const step = Number(row.step);
  if (plan.tokens !== undefined && plan.tokens > 0 && row.tokens !== null) {
    const done = Number(row.tokens);
    const over = plan.steps !== undefined && step >= plan.steps;
    const percent = over ? 100 : Math.min(100, (100 * done) / plan.tokens);
    return { basis: "tokens", done, planned: plan.tokens, percent };
  }
  if (plan.steps !== undefined && plan.steps > 0) {
    const percent = Math.min(100, (100 * step) / plan.steps);
    return { basis: "steps", done: step, planned: plan.steps, percent };
  }
  const percent = newestOf(latest, "percent");
  return { basis: percent === null ? null : "metric", done: null, planned: null, percent };
}

/** The stretch whose pace counts: a tenth of the time so far, but at least ten minutes. */
const RECENT_SHARE = 0.1;
const RECENT_FLOOR_MS = 10 * 60_000;
const MARKS = 120;

type Guess = { row: Row; status: RunStatus; share: Share; latest: Latest };

/** Only of a run that moves: a paused or silent one arrives nowhere. */
async function guessArrival(
  pool: Pool,
  { row, status, share, latest }: Guess,
): Promise<Arrival | null> {
  const { basis, planned, percent } = share;
  const moves = status === "live" || status === "quiet";
  if (!moves || percent === 100 || planned === null || (basis !== "tokens" && basis !== "steps")) {
    return null;
  }
  const key = basis === "tokens" ? "tokens" : newestKey(latest);
  const newest = key === null ? undefined : latest.get(key);
  if (key === null || newest === undefined) {
    return null;
  }
  const elapsed = newest.time - (row.startedAt?.getTime() ?? newest.time);
  const { series } = await readSeries(pool, {
    runId: row.id,
    keys: [key],
    x: "time",
    from: newest.time - Math.max(RECENT_FLOOR_MS, elapsed * RECENT_SHARE),
    buckets: MARKS,
  });
  return arrivalOf(marksOf(series[key], basis === "tokens" ? "value" : "step"), planned);
}

/** The key that was logged last: its steps are the run's. */
function newestKey(latest: Latest): string | null {
  let found: string | null = null;
  let step = -1;
  for (const [key, value] of latest) {
    if (value.step > step) {
      step = value.step;
      found = key;
    }
  }
  return found;
}

function stageOf({ stages = [], steps }: Plan, step: number): CurrentStage | null {
  const sorted = [...stages].sort((a, b) => a.fromStep - b.fromStep);
  const index = sorted.findLastIndex(({ fromStep }) => fromStep <= step);
  const stage = sorted[index];
  if (stage === undefined) {
    return null;
  }
  const toStep = sorted[index + 1]?.fromStep ?? steps ?? null;
  const length = toStep === null ? null : toStep - stage.fromStep;
  const percent =
    length === null || length <= 0 ? null : Math.min(100, (100 * (step - stage.fromStep)) / length);
  return { ...stage, index, of: sorted.length, toStep, percent };
}

function timesOf(row: Row, now: number) {
  const startedAt = row.startedAt?.getTime() ?? null;
  const finishedAt = row.finishedAt?.getTime() ?? null;
  const until = finishedAt ?? now;
  const attempt = row.attempts.find(({ number }) => number === row.attempt);
  const since = (from: number | null | undefined) =>
    from === null || from === undefined ? null : Math.max(0, until - from);
  return {
    startedAt,
    finishedAt,
    lastMessageAt: row.lastMessageAt?.getTime() ?? null,
    uptimeMs: since(attempt?.startedAt.getTime()),
    elapsedMs: since(startedAt),
  };
}
