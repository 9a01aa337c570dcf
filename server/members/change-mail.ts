import type { z } from "zod";
import type { MemberActor } from "../auth/actor.ts";
import { endSessions } from "../auth/end-sessions.ts";
import { verifyPassword } from "../auth/password.ts";
import { rotateSession } from "../auth/rotate-session.ts";
import { takeLimit } from "../auth/take-limit.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { enqueue } from "../platform/jobs.ts";
import type { Sql } from "../platform/pool.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { askMail, LINK_MAILS } from "./ask-mail.ts";
import type { ChangeMail, ConfirmMail } from "./contract.ts";
import { takeLink } from "./take-link.ts";

type Asking = z.infer<typeof ChangeMail> & { actor: MemberActor; now: number };

/** Asks to move one's account to another address: a link goes there, word of it to the present one. */
export async function askMailChange(
  { db, pool }: { db: Db; pool: Sql },
  { email, language, password = "", actor, now }: Asking,
): Promise<void> {
  const { memberId } = actor;
  const { passwordHash } = await db.member.findUniqueOrThrow({
    where: { id: memberId },
    select: { passwordHash: true },
  });
  if (passwordHash !== null) {
    await takeLimit(pool, { action: "sign-in.account", actor, key: memberId, now });
    if (!(await verifyPassword(passwordHash, password))) {
      throw new AppError("forbidden", "This is not your present password. Try again.", {
        details: { reason: "password-wrong" },
      });
    }
  }
  await askMail({ db, pool }, { purpose: "change_email", email, language, memberId, actor, now });
}

type Confirming = z.infer<typeof ConfirmMail> & { actor: MemberActor; now: number };

/** Moves the account by the mailed link, in a browser that is signed in to it; every other one is signed out. */
export async function confirmMailChange(
  db: PrismaClient,
  { secret, actor, now }: Confirming,
): Promise<{ secret: string }> {
  const { memberId, sessionId } = actor;
  return await db.$transaction(async (tx) => {
    const link = await takeLink(tx, { purpose: "change_email", secret, now });
    if (link.memberId !== memberId) {
      throw new AppError(
        "forbidden",
        "This link belongs to another account. Sign in to that one.",
        {
          details: { reason: "link-of-another" },
        },
      );
    }
    const at = new Date(now);
    const before = await moveTo(tx, { memberId, email: link.email, at });
    await tx.mailToken.updateMany({ where: { memberId, usedAt: null }, data: { usedAt: at } });
    if (before.email !== null) {
      const language = before.locale === "zh" ? "zh" : "en";
      await enqueue(tx, LINK_MAILS, {
        data: { purpose: "mail_changed", email: before.email, language },
      });
    }
    await endSessions(tx, { memberId, except: sessionId });
    return { secret: await rotateSession(tx, { sessionId }) };
  });
}

/** The constraint decides whether the address is free. */
async function moveTo(
  tx: Db,
  { memberId, email, at }: { memberId: string; email: string; at: Date },
) {
  const before = await tx.member.findUniqueOrThrow({
    where: { id: memberId },
    select: { email: true, locale: true },
  });
  try {
    await tx.member.update({
      where: { id: memberId },
      data: { email, emailKey: email.toLowerCase(), emailVerifiedAt: at },
      select: { id: true },
    });
  } catch (error) {
    if ((error as { code?: unknown }).code === "P2002") {
      throw new AppError("conflict", "This address has an account already. Sign in with it.", {
        details: { reason: "address-taken" },
      });
    }
    throw error;
  }
  return before;
}
