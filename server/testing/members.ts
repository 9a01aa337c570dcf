import type { Actor, MemberActor, Role } from "../auth/actor.ts";
import { openSession } from "../auth/open-session.ts";
import { systemClock } from "../platform/clock.ts";
import { newId, randomName } from "../platform/ids.ts";
import { log } from "../platform/log.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { appRouter } from "../root.ts";
import type { TestDatabase } from "./database.ts";

type NewMember = {
  name?: string;
  roles?: Role[];
  trust?: number;
  verified?: boolean;
  suspendedUntil?: Date;
  silencedUntil?: Date;
  /** Whether the second factor is set up and given; by default it is. */
  twoFactor?: boolean;
};

/** A member who is signed in, with the secret of the session's cookie. */
export async function createMember(
  db: PrismaClient,
  options: NewMember = {},
): Promise<MemberActor & { secret: string }> {
  const { roles = [], trust = 1, verified = true, twoFactor = true } = options;
  const name = options.name ?? `member-${randomName(8)}`;
  const email = `${name}@example.org`;
  const now = new Date();
  const member = await db.member.create({
    data: {
      id: newId("mem"),
      name,
      nameKey: name.toLowerCase(),
      email,
      emailKey: email.toLowerCase(),
      emailVerifiedAt: verified ? now : null,
      trust,
      suspendedUntil: options.suspendedUntil ?? null,
      silencedUntil: options.silencedUntil ?? null,
      totpConfirmedAt: twoFactor ? now : null,
      roles: { create: roles.map((role) => ({ role })) },
    },
  });
  const session = await openSession(db, {
    memberId: member.id,
    method: "password",
    userAgent: "test",
    now: now.getTime(),
    secondFactorAt: twoFactor ? now : null,
  });
  return {
    kind: "member",
    memberId: member.id,
    name,
    roles,
    trust,
    emailVerified: verified,
    twoFactor,
    sessionId: session.id,
    secret: session.secret,
    address: "192.0.2.1",
    createdAt: member.createdAt,
    suspendedUntil: member.suspendedUntil,
    silencedUntil: member.silencedUntil,
  };
}

/** The router as somebody calls it; null is a visitor. */
export function callerFor({ db, pool }: TestDatabase, actor: Actor | null) {
  return appRouter.createCaller({
    db,
    pool,
    clock: systemClock,
    log,
    actor: actor ?? { kind: "visitor", address: "192.0.2.2" },
    userAgent: "test",
    cookie: "",
    secure: false,
    setHeader: () => undefined,
  });
}
