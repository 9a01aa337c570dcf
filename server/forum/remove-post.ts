import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { lockThread } from "./lock-thread.ts";
import { withdrawPost } from "./withdraw-post.ts";

/** Takes one's own post away; its place stays, so that answers to it keep theirs. */
export async function removePost(
  db: PrismaClient,
  { postId, memberId }: { postId: number; memberId: string },
): Promise<{ done: true }> {
  return await db.$transaction(async (tx) => {
    const post = await tx.forumPost.findFirst({
      where: { id: postId, authorId: memberId, state: "visible" },
      select: { threadId: true, number: true },
    });
    if (post === null) {
      throw new AppError("not_found", "There is no such post of yours. Load the thread again.");
    }
    const thread = await lockThread(tx, post.threadId);
    if (thread.lockedAt !== null) {
      throw new AppError("conflict", "This thread is locked, so its posts stay as they are.");
    }
    if (post.number === 1) {
      throw new AppError(
        "conflict",
        "The first post carries the thread. Edit it, or ask a moderator to close the thread.",
      );
    }
    await withdrawPost(tx, { postId, threadId: thread.id, state: "removed" });
    return { done: true };
  });
}
