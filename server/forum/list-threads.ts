import type { Prisma } from "../platform/db.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { completeThreads } from "./complete-threads.ts";
import type { ListThreads, ThreadList, ThreadPlace } from "./contract.ts";
import { THREAD_ROW, type ThreadRow } from "./thread-row.ts";

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

/** A tag's threads are walked in the order of their own table, so that a rare tag costs as little as a common one. */
async function taggedRows(db: PrismaClient, input: ListThreads): Promise<ThreadRow[]> {
  const { tag = "", limit, next } = input;
  const at = next === undefined ? undefined : new Date(next.at);
  const rows = await db.forumTagged.findMany({
    where: {
      tag,
      thread: narrowed(input),
      ...(next === undefined || at === undefined
        ? {}
        : { bumpedAt: { lte: at }, OR: [{ bumpedAt: { lt: at } }, { threadId: { lt: next.id } }] }),
    },
    orderBy: [{ bumpedAt: "desc" }, { threadId: "desc" }],
    take: limit + 1,
    select: { thread: { select: THREAD_ROW } },
  });
  return rows.map(({ thread }) => thread);
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
