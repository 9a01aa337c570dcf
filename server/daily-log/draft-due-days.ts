import { readChainHead } from "../decisions/read-chain-head.ts";
import type { Db } from "../platform/db.ts";
import type { Pool } from "../platform/pool.ts";
import type { Plan } from "../runs/contract.ts";
import { lastTurn, type TurnedDay } from "./last-turn.ts";
import { readFigures } from "./read-figures.ts";

type Tools = { db: Db; pool: Pool };
type Run = { id: string; attempt: number; planned: Plan; startedAt: number };
type Window = { run: Run } & TurnedDay;
/** Batches of the day's last moments may still be under way. */
const GRACE_MS = 60_000;
/** How far back days are made up for that turned while the portal was away. */
const MOST_DAYS = 14;

/** Drafts the ended days since the newest log of every run that spoke in them. Returns how many. */
export async function draftDueDays(tools: Tools, now: number): Promise<number> {
  const runs = await tools.db.run.findMany({
    where: { archived: false, startedAt: { not: null }, lastMessageAt: { not: null } },
    select: {
      id: true,
      attempt: true,
      planned: true,
      startedAt: true,
      lastMessageAt: true,
      dayTimeZone: true,
      dayHour: true,
    },
  });
  let drafted = 0;
  for (const { dayTimeZone, dayHour, lastMessageAt, planned, startedAt, ...rest } of runs) {
    const [first, last] = [startedAt?.getTime() ?? 0, lastMessageAt?.getTime() ?? 0];
    const run = { ...rest, planned: planned as Plan, startedAt: first };
    const turn = { timeZone: dayTimeZone, hour: dayHour };
    let day = lastTurn(now - GRACE_MS, turn);
    for (let back = 0; back < MOST_DAYS && day.to > first; back++) {
      if (last >= day.from) {
        if ((await tools.db.dailyLog.count({ where: { runId: run.id, day: day.day } })) > 0) {
          break;
        }
        drafted += await draftDay(tools, { run, ...day });
      }
      day = lastTurn(day.from, turn);
    }
  }
  return drafted;
}

async function draftDay({ db, pool }: Tools, window: Window): Promise<number> {
  const { run, day, from, to } = window;
  const runId = run.id;
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
