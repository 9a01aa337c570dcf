import type { Db, Prisma } from "../platform/db.ts";
import type { RunList, RunListItem } from "./contract.ts";
import { fromCursor, toCursor } from "./page-cursor.ts";
import { statusOf } from "./status-of.ts";

export type ListRuns = {
  /** Unix milliseconds: what the status is computed for. */
  now: number;
  limit?: number | undefined;
  /** Where an earlier answer ended. */
  next?: string | undefined;
  project?: string | undefined;
  archived?: boolean | undefined;
};

const DEFAULT_LIMIT = 50;

export const LIST_ITEM = {
  id: true,
  projectId: true,
  name: true,
  step: true,
  tokens: true,
  updatedAt: true,
  createdAt: true,
  archived: true,
  finishStatus: true,
  paused: true,
  lastMessageAt: true,
  messageIntervalMs: true,
} satisfies Prisma.RunSelect;

type Row = Prisma.RunGetPayload<{ select: typeof LIST_ITEM }>;

/** Runs by their newest change, newest first. */
export async function listRuns(db: Db, input: ListRuns): Promise<RunList> {
  const limit = input.limit ?? DEFAULT_LIMIT;
  const rows = await db.run.findMany({
    where: { ...filterOf(input), ...after(input.next) },
    orderBy: [{ updatedAt: "desc" }, { id: "asc" }],
    take: limit + 1,
    select: LIST_ITEM,
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    runs: shown.map((row) => toListItem(row, input.now)),
    next:
      last === undefined || rows.length <= limit
        ? null
        : toCursor([last.updatedAt.getTime(), last.id]),
  };
}

function filterOf({ project, archived }: ListRuns): Prisma.RunWhereInput {
  return {
    ...(project === undefined ? {} : { projectId: project }),
    ...(archived === undefined ? {} : { archived }),
  };
}

function after(next: string | undefined): Prisma.RunWhereInput {
  if (next === undefined) {
    return {};
  }
  const [time, id] = fromCursor(next, ["number", "string"]);
  const updatedAt = new Date(time);
  return { OR: [{ updatedAt: { lt: updatedAt } }, { updatedAt, id: { gt: id } }] };
}

export function toListItem(row: Row, now: number): RunListItem {
  return {
    id: row.id,
    project: row.projectId,
    name: row.name,
    status: statusOf(row, now),
    step: Number(row.step),
    tokens: row.tokens === null ? null : Number(row.tokens),
    updatedAt: row.updatedAt.getTime(),
    createdAt: row.createdAt.getTime(),
    archived: row.archived,
  };
}
