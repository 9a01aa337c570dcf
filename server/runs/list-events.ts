import type { Db, Prisma } from "../platform/db.ts";
import type { EventList, RunEvent } from "./contract.ts";
import { fromCursor, toCursor } from "./page-cursor.ts";
import { requireRun } from "./require-run.ts";

export type ListEvents = { runId: string; limit?: number | undefined; next?: string | undefined };

const DEFAULT_LIMIT = 200;
const SHOWN = {
  id: true,
  attempt: true,
  kind: true,
  step: true,
  time: true,
  message: true,
  source: true,
  data: true,
  createdAt: true,
} satisfies Prisma.RunEventSelect;

/** A run's events, the ones that came last first; of those that came together, the highest step first. */
export async function listEvents(db: Db, { runId, limit, next }: ListEvents): Promise<EventList> {
  await requireRun(db, runId);
  const take = limit ?? DEFAULT_LIMIT;
  const rows = await db.runEvent.findMany({
    where: { runId, ...after(next) },
    orderBy: [{ createdAt: "desc" }, { step: "desc" }, { id: "asc" }],
    take: take + 1,
    select: SHOWN,
  });
  const shown = rows.slice(0, take);
  const last = shown.at(-1);
  return {
    events: shown.map(({ createdAt, ...row }) => ({
      ...row,
      kind: row.kind as RunEvent["kind"],
      step: Number(row.step),
      time: row.time.getTime(),
      source: row.source as RunEvent["source"],
      data: row.data as RunEvent["data"],
    })),
    next:
      last === undefined || rows.length <= take
        ? null
        : toCursor([last.createdAt.getTime(), Number(last.step), last.id]),
  };
}

function after(next: string | undefined): Prisma.RunEventWhereInput {
  if (next === undefined) {
    return {};
  }
  const [time, step, id] = fromCursor(next, ["number", "number", "string"]);
  const createdAt = new Date(time);
  return {
    OR: [
      { createdAt: { lt: createdAt } },
      { createdAt, step: { lt: step } },
      { createdAt, step, id: { gt: id } },
    ],
  };
}
