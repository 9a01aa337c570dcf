import { readChainHead } from "../decisions/read-chain-head.ts";
import type { Series } from "../metrics/contract.ts";
import { readSeries } from "../metrics/read-series.ts";
import type { Db } from "../platform/db.ts";
import type { Pool } from "../platform/pool.ts";
import type { DayFigures } from "./contract.ts";
import { lastTurn, type TurnedDay } from "./last-turn.ts";

type Tools = { db: Db; pool: Pool };
type Window = { runId: string } & TurnedDay;
/** Batches of the day's last moments may still be under way. */
const GRACE_MS = 60_000;
const KEYS = ["loss", "grad_norm", "tokens", "throughput/tokens_per_second"];

/** Drafts the newest ended day of every run that spoke in it; a day that has a log is left alone. Returns how many. */
export async function draftDueDays({ db, pool }: Tools, now: number): Promise<number> {
  const runs = await db.run.findMany({
    where: { archived: false, startedAt: { not: null }, lastMessageAt: { not: null } },
    select: { id: true, dayTimeZone: true, dayHour: true, lastMessageAt: true },
  });
  let drafted = 0;
  for (const { id, dayTimeZone, dayHour, lastMessageAt } of runs) {
    const day = lastTurn(now - GRACE_MS, { timeZone: dayTimeZone, hour: dayHour });
    if ((lastMessageAt?.getTime() ?? 0) >= day.from) {
      drafted += await draftDay({ db, pool }, { runId: id, ...day });
    }
  }
  return drafted;
}

async function draftDay({ db, pool }: Tools, window: Window): Promise<number> {
  const { runId, day, from, to } = window;
  if ((await db.dailyLog.count({ where: { runId, day } })) > 0) {
    return 0;
  }
  const time = { gte: new Date(from), lt: new Date(to) };
  const told = await db.runEvent.findMany({ where: { runId, time }, orderBy: { time: "asc" } });
  const figures = await readFigures(pool, window);
  if (figures.firstStep === null && told.length === 0) {
    return 0;
  }
  const head = await readChainHead(db);
  const events = told.map((event) => ({
    id: event.id,
    kind: event.kind,
    step: Number(event.step),
    time: event.time.getTime(),
    message: event.message,
  }));
  const { count } = await db.dailyLog.createMany({
    skipDuplicates: true,
    data: {
      ...{ runId, day, fromTime: time.gte, toTime: time.lt, figures, events, source: "draft" },
      eventCount: events.length,
      chainNumber: head?.number ?? null,
      chainHash: head?.hash ?? null,
    },
  });
  return count;
}

async function readFigures(pool: Pool, { runId, from, to }: Window): Promise<DayFigures> {
  const window = { x: "time" as const, from, to: to - 1, buckets: 1 };
  const { series } = await readSeries(pool, { runId, keys: KEYS, ...window });
  const [loss, norm, tokens, speed] = KEYS.map((key) => summary(series[key]));
  return {
    lossBegin: loss?.first ?? null,
    lossEnd: loss?.last ?? null,
    gradNorm: norm?.mean ?? null,
    firstStep: loss?.firstStep ?? null,
    lastStep: loss?.lastStep ?? null,
    tokens: difference(tokens?.first, tokens?.last),
    tokensTotal: tokens?.last ?? null,
    tokensPerSecond: speed?.mean ?? null,
    nonFinite: loss?.nonFinite ?? null,
    ...{ dataGb: null, progressPercent: null, energyKwh: null, co2eKg: null, cost: null },
  };
}

function summary(series: Series | undefined) {
  if (series === undefined || series.steps.length === 0) {
    return null;
  }
  const firstStep = series.steps[0] ?? null;
  if (series.kind === "raw") {
    const value = finite(series.values[0]);
    const nonFinite = value === null ? 1 : 0;
    return { first: value, last: value, mean: value, firstStep, lastStep: firstStep, nonFinite };
  }
  return {
    first: finite(series.first[0]),
    last: finite(series.last[0]),
    mean: finite(series.mean[0]),
    firstStep,
    lastStep: series.lastSteps[0] ?? null,
    nonFinite: series.nonFinite[0] ?? null,
  };
}

function finite(value: number | string | undefined): number | null {
  return typeof value === "number" ? value : null;
}

function difference(first: number | null | undefined, last: number | null | undefined) {
  return typeof first === "number" && typeof last === "number" ? last - first : null;
}
