import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { Reactions, type ReadThread, type ThreadPage } from "./contract.ts";
import { readAuthors } from "./read-authors.ts";
import { THREAD_ROW, toThreadItem } from "./thread-row.ts";

/** A thread with its visible posts from a number on. */
export async function readThread(
  db: PrismaClient,
  { id, from, limit }: ReadThread,
): Promise<ThreadPage> {
  const thread = await db.forumThread.findFirst({
    where: { id, state: "visible" },
    select: THREAD_ROW,
  });
  if (thread === null) {
    throw new AppError(
      "not_found",
      "This thread is not there (any more). Look for it in the forum.",
    );
  }
  const rows = await db.forumPost.findMany({
    where: { threadId: id, number: { gte: from }, state: "visible" },
    orderBy: { number: "asc" },
    take: limit + 1,
  });
  const author = await readAuthors(db, [thread.authorId, ...rows.map((row) => row.authorId)]);
  const posts = rows.map((row) => ({
    ...{ id: row.id, number: row.number ?? 0, body: row.body, edits: row.edits },
    author: author(row.authorId),
    editedAt: row.editedAt?.getTime() ?? null,
    reactions: Reactions.parse(row.reactions),
    createdAt: row.createdAt.getTime(),
  }));
  return {
    ...toThreadItem(thread),
    author: author(thread.authorId),
    posts: posts.slice(0, limit),
    next: posts[limit]?.number ?? null,
  };
}
