import type { Db } from "../platform/db.ts";
import { completeThreads } from "./complete-threads.ts";
import type { UnreadThreads } from "./contract.ts";
import { THREAD_ROW } from "./thread-row.ts";

/** How many of the threads that a member read last are looked at: older ones are not missed. */
const LOOKED_AT = 500;

/** Threads that a member has read in and that have gone on since, the one read last first. */
export async function listUnread(
  db: Db,
  { memberId, limit }: { memberId: string; limit: number },
): Promise<UnreadThreads> {
  const found = await db.$queryRaw<{ id: number }[]>`
    select t.id from (
      select "threadId", "readTo", "readAt" from "ForumReading" where "memberId" = ${memberId}
      order by "readAt" desc limit ${LOOKED_AT}) r
    join "ForumThread" t on t.id = r."threadId" and t."lastNumber" > r."readTo" and t.state = 'visible'
    where not exists (
      select from "ForumSubscription" s where s."memberId" = ${memberId} and s.kind = 'thread'
        and s.target = t.id::text and s.level = 'muted')
    order by r."readAt" desc limit ${limit}`;
  const rows = await db.forumThread.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    select: THREAD_ROW,
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const ordered = found.flatMap(({ id }) => byId.get(id) ?? []);
  return { threads: await completeThreads(db, ordered, memberId) };
}
