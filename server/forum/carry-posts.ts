import type { Prisma } from "../platform/db.ts";
import { wakeThread } from "./wake-thread.ts";

type Tx = Prisma.TransactionClient;
type Carried = { fromId: number; toId: number; postIds: number[]; base: number };

/**
 * Moves posts to the end of another thread, in their order, with numbers after `base`; texts, reactions, histories and
 * citations go with them. Both threads are locked by the caller, which counts them anew afterwards. Returns the last number.
 */
export async function carryPosts(
  tx: Tx,
  { fromId, toId, postIds, base }: Carried,
): Promise<number> {
  // One statement would meet its own numbers: a number must be free at every moment, so they go by way of negative ones.
  await tx.$executeRaw`
    update "ForumPost" p set "threadId" = ${toId}, number = -o.place
    from (select id, row_number() over (order by number)::int + ${base}::int as place
          from "ForumPost" where id = any(${postIds}::int[])) o
    where p.id = o.id`;
  await tx.$executeRaw`
    update "ForumPost" set number = -number where "threadId" = ${toId} and number < 0`;
  await tx.$executeRaw`
    update "SearchDocument" d
    set url = '/forum/t/' || p."threadId" || '?from=' || p.number || '#p' || p.number, title = t.title
    from "ForumPost" p join "ForumThread" t on t.id = p."threadId"
    where p.id = any(${postIds}::int[]) and d.kind = 'post' and d."subjectId" = p.id::text`;
  await tx.$executeRaw`
    update "ForumThread" set "answerPostId" = null where id = ${fromId} and "answerPostId" = any(${postIds}::int[])`;
  await Promise.all([wakeThread(tx, fromId), wakeThread(tx, toId)]);
  return base + postIds.length;
}

/** Counts a thread's replies and people anew from its posts, and when somebody last wrote. */
export async function countThread(tx: Tx, threadId: number, lastNumber: number): Promise<void> {
  await tx.$executeRaw`
    update "ForumThread" t
    set "lastNumber" = ${lastNumber}, replies = greatest(0, c.posts - 1), people = greatest(1, c.people),
        "bumpedAt" = coalesce(c.latest, t."bumpedAt"), version = version + 1
    from (select count(*)::int as posts, count(distinct "authorId")::int as people, max("createdAt") as latest
          from "ForumPost" where "threadId" = ${threadId} and state = 'visible') c
    where t.id = ${threadId}`;
  await tx.$executeRaw`
    update "ForumTagged" g set "bumpedAt" = t."bumpedAt" from "ForumThread" t
    where t.id = ${threadId} and g."threadId" = t.id`;
}
