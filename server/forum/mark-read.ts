import type { Db } from "../platform/db.ts";

type Reading = { memberId: string; threadId: number; readTo: number; now: number };

/** Notes how far a member has read; several tabs and devices may say it at once, and the furthest counts. */
export async function markRead(
  db: Db,
  { memberId, threadId, readTo, now }: Reading,
): Promise<{ done: true }> {
  await db.$executeRaw`
    insert into "ForumReading" ("memberId", "threadId", "readTo", "readAt")
    select ${memberId}, id, least(${readTo}, "lastNumber"), ${new Date(now)} from "ForumThread" where id = ${threadId}
    on conflict ("memberId", "threadId") do update
      set "readTo" = greatest("ForumReading"."readTo", excluded."readTo"), "readAt" = excluded."readAt"`;
  return { done: true };
}
