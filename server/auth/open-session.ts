import type { Db } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { hashSecret } from "./session-cookie.ts";
import { newTokenSecret } from "./token-secret.ts";
import { SESSION_MS } from "./touch-session.ts";

const LONGEST_AGENT = 300;

export type OpenSession = {
  memberId: string;
  method: "password" | "github" | "link";
  userAgent: string;
  now: number;
  /** The second factor was given already (a session that takes the place of another). */
  secondFactorAt?: Date | null;
};

/** A new session; its secret goes into the cookie and is not kept. */
export async function openSession(
  db: Db,
  { memberId, method, userAgent, now, secondFactorAt = null }: OpenSession,
): Promise<{ id: string; secret: string }> {
  const secret = newTokenSecret();
  const { id } = await db.session.create({
    data: {
      id: newId("ses"),
      hash: hashSecret(secret),
      memberId,
      method,
      userAgent: userAgent.slice(0, LONGEST_AGENT),
      createdAt: new Date(now),
      lastSeenAt: new Date(now),
      expiresAt: new Date(now + SESSION_MS),
      secondFactorAt,
    },
    select: { id: true },
  });
  await db.memberDay.createMany({
    data: [{ memberId, day: new Date(now) }],
    skipDuplicates: true,
  });
  return { id, secret };
}
