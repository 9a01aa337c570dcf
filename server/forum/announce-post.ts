import type { Prisma } from "../platform/db.ts";
import { indexPost } from "./index-post.ts";
import type { NewlyShown } from "./newly-shown.ts";
import { recordCitations } from "./record-citations.ts";
import { tellMembers } from "./tell-members.ts";
import { wakeThread } from "./wake-thread.ts";

/** What follows when a post becomes visible: counts, search, citations, followers, and the pages that show the thread. */
export async function announcePost(tx: Prisma.TransactionClient, post: NewlyShown): Promise<void> {
  const { id, thread, number, authorId, body, at } = post;
  const isNew =
    (await tx.forumPost.findFirst({
      where: { threadId: thread.id, authorId, id: { not: id }, state: "visible" },
      select: { id: true },
    })) === null;
  await tx.forumThread.update({
    where: { id: thread.id },
    data: {
      lastNumber: number,
      lastAuthorId: authorId,
      bumpedAt: at,
      ...(number === 1 ? {} : { replies: { increment: 1 } }),
      ...(isNew && number > 1 ? { people: { increment: 1 } } : {}),
    },
  });
  await tx.forumTagged.updateMany({ where: { threadId: thread.id }, data: { bumpedAt: at } });
  await indexPost(tx, { id, threadId: thread.id, number, authorId, body, createdAt: at, thread });
  await recordCitations(tx, { postId: id, body });
  await tellMembers(tx, post);
  await followOwn(tx, { threadId: thread.id, number, authorId, at });
  await wakeThread(tx, thread.id);
}

/** Who writes in a thread follows it, unless they have said otherwise, and has read up to there. */
async function followOwn(
  tx: Prisma.TransactionClient,
  {
    threadId,
    number,
    authorId,
    at,
  }: Pick<NewlyShown, "number" | "authorId" | "at"> & {
    threadId: number;
  },
): Promise<void> {
  await tx.forumSubscription.createMany({
    data: [{ memberId: authorId, kind: "thread", target: String(threadId), level: "watching" }],
    skipDuplicates: true,
  });
  await tx.$executeRaw`
    insert into "ForumReading" ("memberId", "threadId", "readTo", "readAt")
    values (${authorId}, ${threadId}, ${number}, ${at})
    on conflict ("memberId", "threadId") do update
      set "readTo" = greatest("ForumReading"."readTo", excluded."readTo"), "readAt" = excluded."readAt"`;
}
