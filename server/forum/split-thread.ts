import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { carryPosts, countThread } from "./carry-posts.ts";
import type { SplitThread } from "./contract.ts";
import { indexPost } from "./index-post.ts";
import { lockThread } from "./lock-thread.ts";
import { recordAct } from "./record-act.ts";

type Splitting = SplitThread & { actorId: string };

/** Makes a thread of its own of some posts of another; the first post of a thread stays with it. */
export async function splitThread(
  db: PrismaClient,
  { threadId, numbers, title, category, reason, actorId }: Splitting,
): Promise<{ threadId: number }> {
  return await db.$transaction(async (tx) => {
    const thread = await lockThread(tx, threadId);
    const posts = await tx.forumPost.findMany({
      where: { threadId, number: { in: numbers } },
      orderBy: { number: "asc" },
    });
    const first = posts[0];
    if (first === undefined || numbers.includes(1) || posts.length < new Set(numbers).size) {
      throw new AppError(
        "bad_request",
        "Name posts that stand in this thread, and leave the first one where it is.",
      );
    }
    const { authorId, createdAt } = first;
    const made = await tx.forumThread.create({
      data: { category, title, authorId, createdAt, bumpedAt: createdAt },
      select: { id: true },
    });
    const postIds = posts.map(({ id }) => id);
    const last = await carryPosts(tx, { fromId: threadId, toId: made.id, postIds, base: 0 });
    await countThread(tx, made.id, last);
    await countThread(tx, threadId, thread.lastNumber);
    for (const [at, { id, body, ...post }] of posts.entries()) {
      const place = { threadId: made.id, number: at + 1, authorId: post.authorId };
      const newThread = { category, title, tags: [] };
      await (post.state === "visible"
        ? indexPost(tx, { id, body, ...place, createdAt: post.createdAt, thread: newThread })
        : undefined);
    }
    const data = { into: made.id, posts: postIds };
    await recordAct(tx, { kind: "split", threadId, actorId, reason, data });
    return { threadId: made.id };
  });
}
