import type { Prisma } from "../platform/db.ts";
import type { LockedThread } from "./lock-thread.ts";
import { refileThread } from "./refile-thread.ts";

/** Gives a thread another title or other tags. The caller indexes the first post, which carries the title. */
export async function renameThread(
  tx: Prisma.TransactionClient,
  thread: LockedThread,
  { title, tags }: { title: string; tags: string[] },
): Promise<void> {
  if (title === thread.title && tags === thread.tags) {
    return;
  }
  const { bumpedAt } = await tx.forumThread.update({
    where: { id: thread.id },
    data: { title, tags, version: { increment: 1 } },
    select: { bumpedAt: true },
  });
  await tx.$executeRaw`
    update "SearchDocument" d set title = ${title} from "ForumPost" p
    where p."threadId" = ${thread.id} and d.kind = 'post' and d."subjectId" = p.id::text`;
  if (tags === thread.tags) {
    return;
  }
  await tx.forumTagged.deleteMany({ where: { threadId: thread.id } });
  await tx.forumTagged.createMany({
    data: tags.map((tag) => ({ tag, threadId: thread.id, bumpedAt })),
  });
  const mark = (tag: string) => `tag:${tag}`;
  await refileThread(tx, {
    threadId: thread.id,
    away: thread.tags.map(mark),
    instead: tags.map(mark),
  });
}
