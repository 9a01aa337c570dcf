import type { Db } from "../platform/db.ts";
import { completeThreads } from "./complete-threads.ts";
import type { UnreadThreads } from "./contract.ts";
import { THREAD_ROW } from "./thread-row.ts";

/** How many of the threads that a member read last are looked at: older ones are not missed. */
const LOOKED_AT = 300;

/** Threads that a member has read in and that have gone on since, the one read last first. */
export async function listUnread(
  db: Db,
  { memberId, limit }: { memberId: string; limit: number },
): Promise<UnreadThreads> {
  const readings = await db.forumReading.findMany({
    where: { memberId },
    orderBy: { readAt: "desc" },
    take: LOOKED_AT,
    select: { threadId: true, readTo: true },
  });
  const ids = readings.map(({ threadId }) => threadId);
  // By their numbers, never joined: a join of a few hundred rows may choose to read the whole table.
  const [standing, muted] = await Promise.all([
    db.forumThread.findMany({
      where: { id: { in: ids }, state: "visible" },
      select: { id: true, lastNumber: true },
    }),
    db.forumSubscription.findMany({
      where: { memberId, kind: "thread", target: { in: ids.map(String) }, level: "muted" },
      select: { target: true },
    }),
  ]);
  const last = new Map(standing.map(({ id, lastNumber }) => [id, lastNumber]));
  const silent = new Set(muted.map(({ target }) => Number(target)));
  const unread = readings
    .filter(({ threadId, readTo }) => (last.get(threadId) ?? 0) > readTo && !silent.has(threadId))
    .map(({ threadId }) => threadId)
    .slice(0, limit);
  const rows = await db.forumThread.findMany({
    where: { id: { in: unread } },
    select: THREAD_ROW,
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const ordered = unread.flatMap((id) => byId.get(id) ?? []);
  return { threads: await completeThreads(db, ordered, memberId) };
}
