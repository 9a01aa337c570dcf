import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { NewThread, StoredPost } from "./contract.ts";
import { storePost } from "./store-post.ts";

export type CreateThread = NewThread & { authorId: string; now: number };

/** Opens a thread with its first post. Sent twice at once, the second finds the first one's. */
export async function createThread(db: PrismaClient, input: CreateThread): Promise<StoredPost> {
  const { category, title, tags, question, authorId, now, body, sendKey } = input;
  return await db.$transaction(async (tx) => {
    // The thread's row does not exist yet, so what two sendings wait for is this member's key.
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`${authorId}/${sendKey ?? ""}`}, 0))::text`;
    const sent =
      sendKey === undefined
        ? null
        : await tx.forumPost.findFirst({
            where: { authorId, sendKey },
            select: { threadId: true },
          });
    const at = new Date(now);
    const threadId =
      sent?.threadId ??
      (
        await tx.forumThread.create({
          data: {
            ...{ category, title, authorId, question, createdAt: at, bumpedAt: at },
            tags: [...new Set(tags)],
            tagged: { create: [...new Set(tags)].map((tag) => ({ tag, bumpedAt: at })) },
          },
          select: { id: true },
        })
      ).id;
    return await storePost(tx, { threadId, authorId, body, sendKey, now });
  });
}
