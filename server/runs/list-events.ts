import type { Db, Prisma } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { nameMembers } from "../run-log/name-members.ts";
import type { EventFilter, EventList, FoundEvent, RunEvent } from "./contract.ts";
import { fromCursor, toCursor } from "./page-cursor.ts";
import { requireRun } from "./require-run.ts";

type Optional<T> = { [K in keyof T]?: T[K] | undefined };
export type ListEvents = Optional<EventFilter> & {
  runId: string;
  limit?: number | undefined;
  next?: string | undefined;
};

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
type Row = Prisma.RunEventGetPayload<{ select: typeof SHOWN }>;

/** A run's events, the ones that came last first; of those that came together, the highest step first. */
export async function listEvents(db: Db, input: ListEvents): Promise<EventList> {
  const { runId, limit, next } = input;
  await requireRun(db, runId);
  const take = limit ?? DEFAULT_LIMIT;
  const rows = await db.runEvent.findMany({
    where: { runId, AND: [wanted(input), after(next)] },
    orderBy: [{ createdAt: "desc" }, { step: "desc" }, { id: "asc" }],
    take: take + 1,
    select: SHOWN,
  });
  const shown = rows.slice(0, take);
  const last = shown.at(-1);
  return {
    events: await nameMembers(shown.map(toEvent), (ids) => namesOf(db, ids)),
    next:
      last === undefined || rows.length <= take
        ? null
        : toCursor([last.createdAt.getTime(), Number(last.step), last.id]),
  };
}

/** One event, wherever it belongs. Throws `not_found`. */
export async function readEvent(db: Db, id: string): Promise<FoundEvent> {
  const row = await db.runEvent.findUnique({ where: { id }, select: { ...SHOWN, runId: true } });
  if (row === null) {
    throw new AppError("not_found", "There is no such event. Follow a link from a run's page.");
  }
  const { runId, ...rest } = row;
  const [event] = await nameMembers([toEvent(rest)], (ids) => namesOf(db, ids));
  return { ...(event ?? toEvent(rest)), runId };
}

function toEvent({ createdAt: _, ...row }: Row): RunEvent {
  return {
    ...row,
    kind: row.kind as RunEvent["kind"],
    step: Number(row.step),
    time: row.time.getTime(),
    source: row.source as RunEvent["source"],
    data: row.data as RunEvent["data"],
  };
}

async function namesOf(db: Db, ids: string[]): Promise<Map<string, string>> {
  const members = await db.member.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true },
  });
  return new Map(members.map(({ id, name }) => [id, name]));
}

/** What was asked for; notes that were taken back are told to nobody. */
function wanted({ kinds, attempt, from, to }: ListEvents): Prisma.RunEventWhereInput {
  return {
    OR: [
      { kind: { not: "note" } },
      { source: { not: "engineer" } },
      { data: { path: ["deleted"], equals: false } },
    ],
    ...(kinds === undefined ? {} : { kind: { in: kinds } }),
    ...(attempt === undefined ? {} : { attempt }),
    step: {
      ...(from === undefined ? {} : { gte: from }),
      ...(to === undefined ? {} : { lte: to }),
    },
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
