import type { z } from "zod";
import { openSession } from "../auth/open-session.ts";
import { hashPassword } from "../auth/password.ts";
import { recordDecision } from "../decisions/record-decision.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { FinishSignUp } from "./contract.ts";
import { takeLink } from "./take-link.ts";

type Input = z.infer<typeof FinishSignUp> & { userAgent: string; now: number };

/** Makes the account of a mailed link and signs its member in. A name that is taken leaves the link good. */
export async function finishSignUp(
  db: PrismaClient,
  { secret, name, password, language, userAgent, now }: Input,
): Promise<{ memberId: string; secret: string }> {
  const passwordHash = await hashPassword(password);
  return await db.$transaction(async (tx) => {
    const link = await takeLink(tx, { purpose: "sign_up", secret, now });
    const memberId = newId("mem");
    // Nothing throws on a conflict here: the constraints decide, and the count says whether they let it pass.
    const { count } = await tx.member.createMany({
      data: [
        {
          id: memberId,
          name,
          nameKey: name.toLowerCase(),
          email: link.email,
          emailKey: link.email.toLowerCase(),
          emailVerifiedAt: new Date(now),
          passwordHash,
          locale: language,
          createdAt: new Date(now),
        },
      ],
      skipDuplicates: true,
    });
    if (count === 0) {
      throw await conflict(tx, name);
    }
    const session = await openSession(tx, { memberId, method: "password", userAgent, now });
    await giveRoles(tx, { memberId, roles: link.grants, now });
    return { memberId, secret: session.secret };
  });
}

async function conflict(tx: Db, name: string): Promise<AppError> {
  const taken = await tx.member.count({ where: { nameKey: name.toLowerCase() } });
  return taken > 0
    ? new AppError("conflict", `The name ${name} is taken. Choose another.`)
    : new AppError("conflict", "This address has an account already. Sign in with it.");
}

async function giveRoles(
  tx: Db,
  { memberId, roles, now }: { memberId: string; roles: string[]; now: number },
): Promise<void> {
  for (const role of roles) {
    await tx.memberRole.create({ data: { memberId, role, grantedAt: new Date(now) } });
    await recordDecision(tx, {
      kind: "member.grant",
      subject: { type: "member", id: memberId },
      actorId: null,
      reason: "Named on the portal's machine by whoever runs it.",
      data: { role },
      now,
    });
  }
}
