import type { Prisma } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { announcePost } from "./announce-post.ts";
import type { StoredPost } from "./contract.ts";
import { findReview, queuePost } from "./hold-post.ts";
import { type LockedThread, lockThread } from "./lock-thread.ts";

export type StorePost = {
  threadId: number;
  authorId: string;
  body: string;
  sendKey?: string | undefined;
  now: number;
};

/** Adds a post under the thread's lock, which gives out numbers without holes; the same `sendKey` again answers alike. */
export async function storePost(
  tx: Prisma.TransactionClient,
  { threadId, authorId, body, sendKey, now }: StorePost,
): Promise<StoredPost> {
  const thread = await lockThread(tx, threadId);
  refuseClosed(thread);
  const sent = await findSent(tx, { authorId, sendKey });
  if (sent !== null) {
    return sent;
  }
  const at = new Date(now);
  const review = await findReview(tx, { authorId, body, at });
  const number = review === null ? thread.lastNumber + 1 : null;
  const { id } = await tx.forumPost.create({
    data: {
      ...{ threadId, number, authorId, body, sendKey: sendKey ?? null, createdAt: at },
      state: review === null ? "visible" : "held",
    },
    select: { id: true },
  });
  if (number !== null) {
    await announcePost(tx, { id, thread, number, authorId, body, at });
  } else if (review !== null) {
    // A thread whose first post waits, waits with it.
    await (thread.lastNumber === 0
      ? tx.forumThread.update({ where: { id: threadId }, data: { state: "held" } })
      : undefined);
    await queuePost(tx, { id, authorId, title: thread.title, review });
  }
  const place = thread.lastNumber === 0 ? "new" : `thread:${threadId}`;
  await tx.forumDraft.deleteMany({ where: { memberId: authorId, place } });
  return { id, threadId, number: number ?? 0, held: number === null };
}

function refuseClosed({ state, lockedAt }: LockedThread): void {
  if (state === "merged" || lockedAt !== null) {
    throw new AppError(
      "conflict",
      "This thread is closed to new posts. Its page says why; your text is still in your draft.",
    );
  }
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
  return post === null ? null : { ...post, number: post.number ?? 0, held: post.number === null };
}
