import { announcePost } from "../forum/announce-post.ts";
import { countThread } from "../forum/carry-posts.ts";
import { indexPost } from "../forum/index-post.ts";
import { lockThread } from "../forum/lock-thread.ts";
import { wakeThread } from "../forum/wake-thread.ts";
import type { Prisma } from "../platform/db.ts";

/** Shows a post that was hidden, where it stood; or one that waited, at the end of its thread. */
export async function showPost(tx: Prisma.TransactionClient, postId: number): Promise<void> {
  const { threadId } = await tx.forumPost.findUniqueOrThrow({
    where: { id: postId },
    select: { threadId: true },
  });
  const thread = await lockThread(tx, threadId);
  const post = await tx.forumPost.findUniqueOrThrow({ where: { id: postId } });
  const { authorId, body, createdAt } = post;
  if (post.state === "held") {
    const number = thread.lastNumber + 1;
    await tx.forumPost.update({ where: { id: postId }, data: { state: "visible", number } });
    await (thread.state === "held"
      ? tx.forumThread.update({ where: { id: threadId }, data: { state: "visible" } })
      : undefined);
    await announcePost(tx, { id: postId, thread, number, authorId, body, at: new Date() });
  } else if (post.state === "hidden") {
    await tx.forumPost.update({ where: { id: postId }, data: { state: "visible" } });
    const number = post.number ?? 0;
    await indexPost(tx, { id: postId, threadId, number, authorId, body, createdAt, thread });
    await countThread(tx, threadId, thread.lastNumber);
    await wakeThread(tx, threadId);
  }
}
