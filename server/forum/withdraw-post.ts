import { withdrawNotifications } from "../notifications/withdraw-notifications.ts";
import type { Prisma } from "../platform/db.ts";
import { forgetDocument } from "../search/index-document.ts";
import { countThread } from "./carry-posts.ts";
import { lockThread } from "./lock-thread.ts";
import { wakeThread } from "./wake-thread.ts";

type Withdrawn = { postId: number; threadId: number; state: "hidden" | "removed" };

/** Lets a post no longer be read, found, cited or told of; its number stays. */
export async function withdrawPost(
  tx: Prisma.TransactionClient,
  { postId, threadId, state }: Withdrawn,
): Promise<void> {
  const thread = await lockThread(tx, threadId);
  await tx.forumPost.update({ where: { id: postId }, data: { state } });
  if (thread.answerPostId === postId) {
    await tx.forumThread.update({ where: { id: threadId }, data: { answerPostId: null } });
  }
  await countThread(tx, threadId, thread.lastNumber);
  await forgetDocument(tx, { kind: "post", id: String(postId) });
  await withdrawNotifications(tx, { type: "post", id: String(postId) });
  await wakeThread(tx, threadId);
}
