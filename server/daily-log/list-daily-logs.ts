import type { Db, Prisma } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { DailyLog, DailyLogItem, DailyLogList, DayEvent, DayFigures } from "./contract.ts";

const DEFAULT_LIMIT = 30;
const SHOWN = {
  runId: true,
  day: true,
  fromTime: true,
  toTime: true,
  figures: true,
  eventCount: true,
  source: true,
  comment: true,
  signedAt: true,
  signedBy: { select: { name: true } },
} satisfies Prisma.DailyLogSelect;
type Row = Prisma.DailyLogGetPayload<{ select: typeof SHOWN }>;
type List = { runId: string; limit?: number | undefined; next?: string | undefined };

/** A run's days, the newest first. `next` is the oldest day of the answer. Throws `not_found` for an unknown run. */
export async function listDailyLogs(db: Db, { runId, limit, next }: List): Promise<DailyLogList> {
  const take = limit ?? DEFAULT_LIMIT;
  const rows = await db.dailyLog.findMany({
    where: { runId, ...(next === undefined ? {} : { day: { lt: next } }) },
    orderBy: { day: "desc" },
    take: take + 1,
    select: SHOWN,
  });
  if (rows.length === 0 && (await db.run.count({ where: { id: runId } })) === 0) {
    throw new AppError("not_found", "There is no such run. The list of runs names them all.");
  }
  const shown = rows.slice(0, take);
  return {
    logs: shown.map(toItem),
    next: rows.length > take ? (shown.at(-1)?.day ?? null) : null,
  };
}

/** One day with its events and every state of its comment. Throws `not_found`. */
export async function readDailyLog(
  db: Db,
  { runId, day }: { runId: string; day: string },
): Promise<DailyLog> {
  const row = await db.dailyLog.findUnique({
    where: { runId_day: { runId, day } },
    select: {
      ...SHOWN,
      events: true,
      chainNumber: true,
      chainHash: true,
      draftedAt: true,
      revisions: {
        select: {
          number: true,
          comment: true,
          createdAt: true,
          author: { select: { name: true } },
        },
        orderBy: { number: "asc" },
      },
    },
  });
  if (row === null) {
    throw new AppError("not_found", `This run has no log of ${day}. The calendar names its days.`);
  }
  const beside = (where: Prisma.StringFilter, direction: "asc" | "desc") =>
    db.dailyLog.findFirst({
      where: { runId, day: where },
      orderBy: { day: direction },
      select: { day: true },
    });
  const { chainNumber, chainHash } = row;
  return {
    ...toItem(row),
    events: row.events as DayEvent[],
    chainHead:
      chainNumber === null || chainHash === null
        ? null
        : { number: Number(chainNumber), hash: chainHash },
    draftedAt: row.draftedAt.getTime(),
    revisions: row.revisions.map(({ number, comment, createdAt, author }) => ({
      number,
      comment,
      author: author?.name ?? null,
      time: createdAt.getTime(),
    })),
    previous: (await beside({ lt: day }, "desc"))?.day ?? null,
    following: (await beside({ gt: day }, "asc"))?.day ?? null,
  };
}

function toItem(row: Row): DailyLogItem {
  return {
    runId: row.runId,
    day: row.day,
    from: row.fromTime.getTime(),
    to: row.toTime.getTime(),
    figures: row.figures as DayFigures,
    eventCount: row.eventCount,
    signed: row.signedAt !== null,
    signedBy: row.signedBy?.name ?? null,
    signedAt: row.signedAt?.getTime() ?? null,
    comment: row.comment,
    source: row.source as DailyLogItem["source"],
    url: `/runs/${row.runId}/logs/${row.day}`,
  };
}
