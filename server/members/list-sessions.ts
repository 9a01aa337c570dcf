import type { MemberActor } from "../auth/actor.ts";
import type { Db } from "../platform/db.ts";
import type { SessionItem } from "./contract.ts";

const MOST = 100;

/** The browsers that are signed in, the one used last first. */
export async function listSessions(
  db: Db,
  { actor, now }: { actor: MemberActor; now: number },
): Promise<SessionItem[]> {
  const rows = await db.session.findMany({
    where: { memberId: actor.memberId, expiresAt: { gt: new Date(now) } },
    select: { id: true, userAgent: true, createdAt: true, lastSeenAt: true },
    orderBy: { lastSeenAt: "desc" },
    take: MOST,
  });
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    current: row.id === actor.sessionId,
  }));
}
