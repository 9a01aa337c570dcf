import type { Prisma } from "../platform/db.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { completeThreads } from "./complete-threads.ts";
import type { ListThreads, ThreadList, ThreadPlace } from "./contract.ts";
import { THREAD_ROW, type ThreadRow } from "./thread-row.ts";

/** A tag that is narrowed to little is walked this far; what lies beyond is found by searching. */
const MOST_WALKS = 10;

type Asked = ListThreads & { memberId?: string | null };

/** The forum's visible threads, page by page from the one after which the last page ended. */
export async function listThreads(db: PrismaClient, input: Asked): Promise<ThreadList> {
  const rows = await (input.tag === undefined ? plainRows(db, input) : taggedRows(db, input));
  const pinnedRows = input.next === undefined ? await readPinned(db, input) : [];
  const more = rows.length > input.limit;
  const shown = rows.slice(0, input.limit);
  const items = await completeThreads(db, [...pinnedRows, ...shown], input.memberId ?? null);
  const threads = items.slice(pinnedRows.length);
  const last = more ? threads.at(-1) : undefined;
  const at = last === undefined ? 0 : last[input.sort === "newest" ? "createdAt" : "bumpedAt"];
  return {
    pinned: items.slice(0, pinnedRows.length),
    threads,
    next: last === undefined ? null : { at, id: last.id },
  };
}

/** Pinned threads stand above a list; a list that is narrowed by more than its category has them in their place. */
const setsPinnedApart = ({ tag, unanswered, sort }: ListThreads) =>
  tag === undefined && !unanswered && sort === "active";

async function readPinned(db: PrismaClient, input: ListThreads): Promise<ThreadRow[]> {
  return setsPinnedApart(input)
    ? await db.forumThread.findMany({
        where: { ...narrowed(input), pinnedAt: { not: null } },
        orderBy: [{ pinnedAt: "desc" }, { id: "desc" }],
        take: 10,
        select: THREAD_ROW,
      })
    : [];
}

async function plainRows(db: PrismaClient, input: ListThreads): Promise<ThreadRow[]> {
  const column = input.sort === "newest" ? "createdAt" : "bumpedAt";
  return await db.forumThread.findMany({
    where: {
      ...narrowed(input),
      ...(setsPinnedApart(input) ? { pinnedAt: null } : {}),
      ...after(column, input.next),
    },
    orderBy: [{ [column]: "desc" }, { id: "desc" }],
    take: input.limit + 1,
    select: THREAD_ROW,
  });
}

/**
 * A tag's threads are walked in the order of their own table, so that a rare tag costs as little as a common one; the
 * threads are fetched by their numbers, for a join may choose to read the whole table of them.
 */
async function taggedRows(db: PrismaClient, input: ListThreads): Promise<ThreadRow[]> {
  const { tag = "", limit } = input;
  const found: ThreadRow[] = [];
  let next = input.next;
  for (let walk = 0; walk < MOST_WALKS && found.length <= limit; walk++) {
    const places = await taggedPlaces(db, { tag, next, take: limit + 1 });
    const rows = await db.forumThread.findMany({
      where: { ...narrowed(input), id: { in: places.map(({ threadId }) => threadId) } },
      select: THREAD_ROW,
    });
    const byId = new Map(rows.map((row) => [row.id, row]));
    found.push(...places.flatMap(({ threadId }) => byId.get(threadId) ?? []));
    const last = places.at(-1);
    if (last === undefined || places.length <= limit) {
      break;
    }
    next = { at: last.bumpedAt.getTime(), id: last.threadId };
  }
  return found;
}

async function taggedPlaces(
  db: PrismaClient,
  { tag, next, take }: { tag: string; next: ThreadPlace | undefined; take: number },
): Promise<{ threadId: number; bumpedAt: Date }[]> {
  const at = next === undefined ? undefined : new Date(next.at);
  return await db.forumTagged.findMany({
    where: {
      tag,
      ...(next === undefined || at === undefined
        ? {}
        : { bumpedAt: { lte: at }, OR: [{ bumpedAt: { lt: at } }, { threadId: { lt: next.id } }] }),
    },
    orderBy: [{ bumpedAt: "desc" }, { threadId: "desc" }],
    take,
    select: { threadId: true, bumpedAt: true },
  });
}

function narrowed({ category, unanswered }: ListThreads): Prisma.ForumThreadWhereInput {
  return {
    state: "visible",
    subjectKind: null,
    ...(category === undefined ? {} : { category }),
    ...(unanswered ? { question: true, answerPostId: null } : {}),
  };
}

function after(
  column: "createdAt" | "bumpedAt",
  next: ThreadPlace | undefined,
): Prisma.ForumThreadWhereInput {
  if (next === undefined) {
    return {};
  }
  const at = new Date(next.at);
  return { [column]: { lte: at }, OR: [{ [column]: { lt: at } }, { id: { lt: next.id } }] };
}
