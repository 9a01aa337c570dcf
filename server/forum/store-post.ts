import type { Prisma } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { indexDocument } from "../search/index-document.ts";

export type StorePost = {
  threadId: number;
  authorId: string;
  body: string;
  sendKey?: string | undefined;
  now: number;
};

export type StoredPost = { id: number; threadId: number; number: number };

type LockedThread = { category: string; title: string; tags: string[]; lastNumber: number };

/** Adds a post under the thread's lock, which gives out numbers without holes; the same `sendKey` again answers alike. */
export async function storePost(
  tx: Prisma.TransactionClient,
  { threadId, authorId, body, sendKey, now }: StorePost,
): Promise<StoredPost> {
  const thread = await lockThread(tx, threadId);
  const sent = await findSent(tx, { authorId, sendKey });
  if (sent !== null) {
    return sent;
  }
  const at = new Date(now);
  const number = thread.lastNumber + 1;
  const isNew =
    (await tx.forumPost.findFirst({ where: { threadId, authorId }, select: { id: true } })) ===
    null;
  const { id } = await tx.forumPost.create({
    data: { threadId, number, authorId, body, sendKey: sendKey ?? null, createdAt: at },
    select: { id: true },
  });
  await tx.forumThread.update({
    where: { id: threadId },
    data: {
      lastNumber: number,
      lastAuthorId: authorId,
      bumpedAt: at,
      ...(number === 1 ? {} : { replies: { increment: 1 } }),
      ...(isNew && number > 1 ? { people: { increment: 1 } } : {}),
    },
  });
  await tx.forumTagged.updateMany({ where: { threadId }, data: { bumpedAt: at } });
  await indexDocument(tx, {
    ...{ kind: "post", id: String(id), title: number === 1 ? thread.title : "", text: body },
    ...{ url: `/forum/t/${threadId}?from=${number}#p${number}`, authorId, createdAt: at },
    ...{ place: thread.category, tags: thread.tags },
  });
  return { id, threadId, number };
}

async function lockThread(tx: Prisma.TransactionClient, id: number): Promise<LockedThread> {
  const [thread] = await tx.$queryRaw<
    (LockedThread & { state: string; lockedAt: Date | null })[]
  >`select category, title, tags, "lastNumber", state, "lockedAt" from "ForumThread" where id = ${id} for update`;
  if (thread === undefined || thread.state === "hidden") {
    throw new AppError(
      "not_found",
      "This thread is not there (any more). Look for it in the forum.",
    );
  }
  if (thread.state === "merged" || thread.lockedAt !== null) {
    throw new AppError(
      "conflict",
      "This thread is closed to new posts. Its page says why; your text is still in your draft.",
    );
  }
  return thread;
}

async function findSent(
  tx: Prisma.TransactionClient,
  { authorId, sendKey }: Pick<StorePost, "authorId" | "sendKey">,
): Promise<StoredPost | null> {
  if (sendKey === undefined) {
    return null;
  }
  const post = await tx.forumPost.findFirst({
    where: { authorId, sendKey },
    select: { id: true, threadId: true, number: true },
  });
  return post === null ? null : { ...post, number: post.number ?? 0 };
}
