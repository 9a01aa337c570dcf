import type { Sql } from "../platform/pool.ts";

/** How old `lastSeenAt` may get: a write per request would cost more than the request. */
const SEEN_EVERY_MS = 10 * 60_000;
export const SESSION_MS = 30 * 86_400_000;

const TOUCH = `update "Session" set "lastSeenAt" = $2, "expiresAt" = $3 where id = $1`;
const COUNT_DAY = `insert into "MemberDay" ("memberId", day) values ($1, $2) on conflict do nothing`;

/** Notes that a session is in use and its member here today. A session ends after 30 days without use. */
export async function touchSession(
  sql: Sql,
  input: { sessionId: string; memberId: string; lastSeenAt: Date; now: number },
): Promise<void> {
  const { sessionId, memberId, lastSeenAt, now } = input;
  if (now - lastSeenAt.getTime() < SEEN_EVERY_MS) {
    return;
  }
  await sql.query(TOUCH, [sessionId, new Date(now), new Date(now + SESSION_MS)]);
  await sql.query(COUNT_DAY, [memberId, new Date(now)]);
}
