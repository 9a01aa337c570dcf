import type { MemberActor } from "../auth/actor.ts";
import { notifyMembers } from "../notifications/notify-members.ts";
import type { Prisma } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { type LockedThread, lockThread } from "./lock-thread.ts";
import { postUrl } from "./post-url.ts";
import { wakeThread } from "./wake-thread.ts";

type Accepting = { postId: number; on: boolean; actor: MemberActor };

/** Marks a post as the answer to its thread's question, or takes the mark off. Who asked decides, or a moderator. */
export async function acceptAnswer(
  db: PrismaClient,
  { postId, on, actor }: Accepting,
): Promise<{ done: true }> {
  return await db.$transaction(async (tx) => {
    const { post, thread } = await lockCandidate(tx, postId);
    requireAsker(thread, actor);
    if (!thread.question || post.number === 1) {
      throw new AppError("conflict", "Only a reply to a question can be its answer.");
    }
    const answerPostId = on ? postId : null;
    if (thread.answerPostId === answerPostId || (!on && thread.answerPostId !== postId)) {
      return { done: true };
    }
    await tx.forumThread.update({ where: { id: thread.id }, data: { answerPostId } });
    if (on && post.authorId !== actor.memberId) {
      await notifyMembers(tx, {
        memberIds: [post.authorId],
        kind: "accepted",
        subject: { type: "post", id: String(postId), url: postUrl(thread.id, post.number) },
        data: { author: actor.name, title: thread.title },
      });
    }
    await wakeThread(tx, thread.id);
    return { done: true };
  });
}

async function lockCandidate(tx: Prisma.TransactionClient, id: number) {
  const post = await tx.forumPost.findFirst({
    where: { id, state: "visible" },
    select: { authorId: true, threadId: true, number: true },
  });
  if (post === null || post.number === null) {
    throw new AppError("not_found", "This post is not there (any more). Load the thread again.");
  }
  return { post: { ...post, number: post.number }, thread: await lockThread(tx, post.threadId) };
}

function requireAsker({ authorId }: LockedThread, { memberId, roles }: MemberActor): void {
  if (authorId !== memberId && !roles.includes("moderator")) {
    throw new AppError("forbidden", "Who asked chooses the answer. React with Helpful instead.");
  }
}
