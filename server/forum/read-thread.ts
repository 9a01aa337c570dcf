import { readAuthors } from "../auth/read-authors.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { completeThreads } from "./complete-threads.ts";
import { Reactions, type ReadThread, type ShownPost, type ThreadPage } from "./contract.ts";
import { readFollow } from "./read-follow.ts";
import { THREAD_ROW } from "./thread-row.ts";

type Asked = ReadThread & { memberId?: string | null };

/** A thread with its posts from a number on. What was hidden or taken away keeps its place, without its text. */
export async function readThread(db: PrismaClient, input: Asked): Promise<ThreadPage> {
  const { id, memberId = null } = input;
  const found = await db.forumThread.findFirst({
    where: { id, state: { in: ["visible", "merged"] } },
    select: { ...THREAD_ROW, mergedIntoId: true, subjectKind: true, subjectId: true },
  });
  if (found === null) {
    throw new AppError(
      "not_found",
      "This thread is not there (any more). Look for it in the forum.",
    );
  }
  const { mergedIntoId, subjectKind, subjectId, ...row } = found;
  const [[item], stretch, previous, follow, answer] = await Promise.all([
    completeThreads(db, [row], memberId),
    readStretch(db, input),
    previousStart(db, input),
    readFollow(db, { memberId, of: { kind: "thread", target: String(id) } }),
    row.answerPostId === null
      ? null
      : db.forumPost.findUnique({
          where: { id: row.answerPostId },
          select: { id: true, number: true },
        }),
  ]);
  if (item === undefined) {
    throw new AppError("internal", "A thread lost its row while it was read.");
  }
  return {
    ...item,
    ...stretch,
    previous,
    follow: follow.level,
    mergedInto: mergedIntoId,
    subject:
      subjectKind === null || subjectId === null ? null : { kind: subjectKind, id: subjectId },
    answer: answer?.number == null ? null : { id: answer.id, number: answer.number },
  };
}

async function readStretch(
  db: Db,
  { id, from, limit, memberId = null }: Asked,
): Promise<{ posts: ShownPost[]; next: number | null }> {
  const rows = await db.forumPost.findMany({
    where: { threadId: id, number: { gte: from } },
    orderBy: { number: "asc" },
    take: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const [author, given] = await Promise.all([
    readAuthors(
      db,
      shown.map(({ authorId }) => authorId),
    ),
    memberId === null || shown.length === 0
      ? []
      : db.forumReaction.findMany({
          where: { memberId, postId: { in: shown.map((row) => row.id) } },
          select: { postId: true, kind: true },
        }),
  ]);
  const posts = shown.map((row) => ({
    ...{ id: row.id, number: row.number ?? 0, edits: row.edits },
    state: row.state as ShownPost["state"],
    body: row.state === "visible" ? row.body : "",
    author: author(row.authorId),
    editedAt: row.editedAt?.getTime() ?? null,
    reactions: Reactions.parse(row.reactions),
    mine: given.filter(({ postId }) => postId === row.id).map(({ kind }) => kind),
    createdAt: row.createdAt.getTime(),
  }));
  return { posts, next: rows[limit]?.number ?? null };
}

async function previousStart(db: Db, { id, from, limit }: Asked): Promise<number | null> {
  if (from <= 1) {
    return null;
  }
  const rows = await db.forumPost.findMany({
    where: { threadId: id, number: { lt: from } },
    orderBy: { number: "desc" },
    take: limit,
    select: { number: true },
  });
  return rows.at(-1)?.number ?? null;
}
