import type { Sql } from "../platform/pool.ts";
import { type Actor, isRole } from "./actor.ts";
import { hashSecret, readSessionSecret } from "./session-cookie.ts";
import { touchSession } from "./touch-session.ts";

type SessionRow = {
  sessionId: string;
  memberId: string;
  name: string;
  trust: number;
  roles: string[];
  emailVerified: boolean;
  hasFactor: boolean;
  secondFactorAt: Date | null;
  lastSeenAt: Date;
  createdAt: Date;
  suspendedUntil: Date | null;
  silencedUntil: Date | null;
};

const FIND = `
  select s.id as "sessionId", s."secondFactorAt", s."lastSeenAt", m.id as "memberId", m.name, m.trust, m."createdAt",
    m."emailVerifiedAt" is not null as "emailVerified", m."totpConfirmedAt" is not null as "hasFactor",
    m."suspendedUntil", m."silencedUntil",
    array(select r.role from "MemberRole" r where r."memberId" = m.id order by r.role) as roles
  from "Session" s join "Member" m on m.id = s."memberId"
  where s.hash = $1 and s."expiresAt" > $2 and m."deletedAt" is null`;

/** Who sends this cookie. The session's row is looked at on every request, so that ending a session is felt at once. */
export async function readActor(
  sql: Sql,
  input: { cookie: string | undefined; address: string; now: number },
): Promise<Actor> {
  const { address, now } = input;
  const secret = readSessionSecret(input.cookie);
  if (secret === null) {
    return { kind: "visitor", address };
  }
  const { rows } = await sql.query<SessionRow>({
    name: "read-actor",
    text: FIND,
    values: [hashSecret(secret), new Date(now)],
  });
  const row = rows[0];
  if (row === undefined) {
    return { kind: "visitor", address };
  }
  if (row.hasFactor && row.secondFactorAt === null) {
    return { kind: "visitor", address, pendingSessionId: row.sessionId };
  }
  await touchSession(sql, { ...row, now });
  const { memberId, name, trust, emailVerified, sessionId, createdAt } = row;
  return {
    kind: "member",
    memberId,
    name,
    trust,
    emailVerified,
    sessionId,
    createdAt,
    address,
    roles: row.roles.filter(isRole),
    twoFactor: row.hasFactor,
    suspendedUntil: inForce(row.suspendedUntil, now),
    silencedUntil: inForce(row.silencedUntil, now),
  };
}

function inForce(until: Date | null, now: number): Date | null {
  return until !== null && until.getTime() > now ? until : null;
}
