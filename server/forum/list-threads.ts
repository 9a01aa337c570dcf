import type { Prisma } from "../platform/db.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { ListThreads, ThreadList } from "./contract.ts";
import { readAuthors } from "./read-authors.ts";
import { THREAD_ROW, toThreadItem } from "./thread-row.ts";

/** The forum's visible threads, those last written in first. */
export async function listThreads(db: PrismaClient, input: ListThreads): Promise<ThreadList> {
  const rows = await db.forumThread.findMany({
    where: asked(input),
    orderBy: [{ bumpedAt: "desc" }, { id: "desc" }],
    take: input.limit + 1,
    select: THREAD_ROW,
  });
  const shown = rows.slice(0, input.limit);
  const author = await readAuthors(
    db,
    shown.map(({ authorId }) => authorId),
  );
  const threads = shown.map((row) => ({ ...toThreadItem(row), author: author(row.authorId) }));
  const last = rows.length > input.limit ? threads.at(-1) : undefined;
  return { threads, next: last === undefined ? null : { at: last.bumpedAt, id: last.id } };
}

function asked({ category, tag, unanswered, next }: ListThreads): Prisma.ForumThreadWhereInput {
  const at = next === undefined ? undefined : new Date(next.at);
  return {
    state: "visible",
    subjectKind: null,
    ...(category === undefined ? {} : { category }),
    ...(tag === undefined ? {} : { tagged: { some: { tag } } }),
    ...(unanswered ? { question: true, answerPostId: null } : {}),
    ...(next === undefined || at === undefined
      ? {}
      : { bumpedAt: { lte: at }, OR: [{ bumpedAt: { lt: at } }, { id: { lt: next.id } }] }),
  };
}
