import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { carryPosts, countThread } from "./carry-posts.ts";
import type { MergeThread } from "./contract.ts";
import { lockThread } from "./lock-thread.ts";
import { recordAct } from "./record-act.ts";
import { refileThread } from "./refile-thread.ts";

type Merging = MergeThread & { actorId: string };

/** Many may wait for the same two threads at once. */
const PATIENCE = { maxWait: 20_000, timeout: 30_000 };

/** Puts all posts of a thread at the end of another. The address of the first leads to the second from then on. */
export async function mergeThreads(
  db: PrismaClient,
  { threadId, intoId, reason, actorId }: Merging,
): Promise<{ threadId: number }> {
  if (threadId === intoId) {
    throw new AppError("bad_request", "A thread cannot be merged into itself. Name another one.");
  }
  return await db.$transaction(async (tx) => {
    // Always the lower number first: two merges the other way round wait for each other instead of for ever.
    const [low, high] = [Math.min(threadId, intoId), Math.max(threadId, intoId)];
    const locked = [await lockThread(tx, low), await lockThread(tx, high)];
    const [from, into] = [threadId, intoId].map((id) => locked.find((one) => one.id === id));
    if (from?.state === "merged") {
      throw new AppError("conflict", "This thread was merged already. Load it again.");
    }
    if (from === undefined || into === undefined || into.state !== "visible") {
      throw new AppError("conflict", "The other thread takes no posts. Name one that is open.");
    }
    const rows = await tx.forumPost.findMany({
      where: { threadId, number: { not: null } },
      select: { id: true },
    });
    const postIds = rows.map(({ id }) => id);
    const base = into.lastNumber;
    const last = await carryPosts(tx, { fromId: threadId, toId: intoId, postIds, base });
    await tx.forumThread.update({
      where: { id: threadId },
      data: { state: "merged", mergedIntoId: intoId, pinnedAt: null, answerPostId: null },
    });
    await countThread(tx, intoId, last);
    if (from.category !== into.category) {
      const [away, instead] = [[`in:${from.category}`], [`in:${into.category}`]];
      await refileThread(tx, { threadId: intoId, away, instead });
    }
    const data = { into: intoId, posts: postIds.length, fromNumber: base + 1 };
    await recordAct(tx, { kind: "merge", threadId, actorId, reason, data });
    return { threadId: intoId };
  }, PATIENCE);
}
