import type { z } from "zod";
import { openSession } from "../auth/open-session.ts";
import { hashPassword } from "../auth/password.ts";
import { recordDecision } from "../decisions/record-decision.ts";
import type { Db } from "../platform/db.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { addMember } from "./add-member.ts";
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
    const memberId = await addMember(tx, { name, email: link.email, passwordHash, language, now });
    const session = await openSession(tx, { memberId, method: "password", userAgent, now });
    await giveRoles(tx, { memberId, roles: link.grants, now });
    return { memberId, secret: session.secret };
  });
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
