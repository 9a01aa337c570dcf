import type { z } from "zod";
import type { MemberActor } from "../auth/actor.ts";
import { endSessions } from "../auth/end-sessions.ts";
import { hashPassword, verifyPassword } from "../auth/password.ts";
import { rotateSession } from "../auth/rotate-session.ts";
import { takeLimit } from "../auth/take-limit.ts";
import { AppError } from "../platform/errors.ts";
import type { Sql } from "../platform/pool.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { ChangePassword } from "./contract.ts";

type Input = z.infer<typeof ChangePassword> & { actor: MemberActor; now: number };

/** Sets a new password for whoever knows the present one, and signs every other browser out. */
export async function changePassword(
  { db, pool }: { db: PrismaClient; pool: Sql },
  { current, next, actor, now }: Input,
): Promise<{ secret: string }> {
  const { memberId, sessionId } = actor;
  await takeLimit(pool, { action: "sign-in.account", actor, key: memberId, now });
  const member = await db.member.findUniqueOrThrow({
    where: { id: memberId },
    select: { passwordHash: true },
  });
  if (!(await verifyPassword(member.passwordHash, current))) {
    throw new AppError("forbidden", "This is not your present password. Try again.", {
      details: { reason: "password-wrong" },
    });
  }
  const passwordHash = await hashPassword(next);
  return await db.$transaction(async (tx) => {
    await tx.member.update({ where: { id: memberId }, data: { passwordHash } });
    // Whoever else asked for another password or address, with what they knew, has nothing of it.
    await tx.mailToken.updateMany({
      where: { memberId, usedAt: null },
      data: { usedAt: new Date(now) },
    });
    await endSessions(tx, { memberId, except: sessionId });
    return { secret: await rotateSession(tx, { sessionId }) };
  });
}
