import type { z } from "zod";
import type { Actor } from "../auth/actor.ts";
import { openSession } from "../auth/open-session.ts";
import { verifyPassword } from "../auth/password.ts";
import { takeLimit } from "../auth/take-limit.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { Sql } from "../platform/pool.ts";
import type { SignIn } from "./contract.ts";

type Input = z.infer<typeof SignIn> & { actor: Actor; userAgent: string; now: number };

/** Opens a session. An unknown address and a wrong password get the same answer, after the same work. */
export async function signIn(
  { db, pool }: { db: Db; pool: Sql },
  { email, password, actor, userAgent, now }: Input,
): Promise<{ secret: string; needsCode: boolean }> {
  const emailKey = email.toLowerCase();
  await takeLimit(pool, { action: "sign-in.account", actor, key: emailKey, now });
  const member = await db.member.findUnique({
    where: { emailKey, deletedAt: null },
    select: { id: true, passwordHash: true, totpConfirmedAt: true },
  });
  const right = await verifyPassword(member?.passwordHash ?? null, password);
  if (member === null || !right) {
    throw new AppError(
      "unauthorized",
      "Address and password do not belong together. Try again, or choose a new password by mail.",
      { details: { reason: "sign-in-wrong" } },
    );
  }
  const { secret } = await openSession(db, {
    memberId: member.id,
    method: "password",
    userAgent,
    now,
  });
  return { secret, needsCode: member.totpConfirmedAt !== null };
}
