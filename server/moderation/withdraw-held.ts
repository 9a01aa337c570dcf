import { withdrawNotifications } from "../notifications/withdraw-notifications.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { WaitingPosts } from "./contract.ts";

/** The asking member's posts that wait for a moderator, newest first. */
export async function listWaiting(db: Db, memberId: string): Promise<WaitingPosts> {
  const cases = await db.moderationCase.findMany({
    where: { authorId: memberId, state: "open" },
    select: { postId: true },
    take: 100,
  });
  const posts = await db.forumPost.findMany({
    where: { id: { in: cases.map(({ postId }) => postId) }, state: "held" },
    orderBy: { id: "desc" },
    select: { id: true, body: true, createdAt: true, thread: { select: { title: true } } },
  });
  return {
    posts: posts.map(({ id, body, createdAt, thread }) => ({
      ...{ id, title: thread.title, body, createdAt: createdAt.getTime() },
    })),
  };
}

/** Takes one's own post out of the queue: nobody decides on it any more, and its text is gone. */
export async function withdrawHeld(
  db: PrismaClient,
  { postId, memberId }: { postId: number; memberId: string },
): Promise<{ done: true }> {
  return await db.$transaction(async (tx) => {
    // The case first, as whoever decides does: one of the two comes too late.
    const [open] = await tx.$queryRaw<{ id: string }[]>`
      select id from "ModerationCase" where "postId" = ${postId} and "authorId" = ${memberId} and state = 'open' for update`;
    const { count } = await tx.forumPost.updateMany({
      where: { id: postId, authorId: memberId, state: "held" },
      data: { body: "" },
    });
    if (open === undefined || count === 0) {
      throw new AppError(
        "not_found",
        "No such post of yours waits (any more). Load the page again.",
      );
    }
    await tx.moderationCase.update({
      where: { id: open.id },
      data: { state: "closed", outcome: "withdrawn", closedAt: new Date() },
    });
    await withdrawNotifications(tx, { type: "held", id: String(postId) });
    return { done: true };
  });
}
