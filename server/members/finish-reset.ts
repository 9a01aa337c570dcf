import type { z } from "zod";
import { endSessions } from "../auth/end-sessions.ts";
import { hashPassword } from "../auth/password.ts";
import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { FinishReset } from "./contract.ts";
import { takeLink } from "./take-link.ts";

/** Sets the password by a mailed link. Every session ends, and every link that was not used. */
export async function finishReset(
  db: PrismaClient,
  { secret, password, now }: z.infer<typeof FinishReset> & { now: number },
): Promise<void> {
  const passwordHash = await hashPassword(password);
  await db.$transaction(async (tx) => {
    const { memberId } = await takeLink(tx, { purpose: "reset", secret, now });
    if (memberId === null) {
      throw new AppError("bad_request", "This link belongs to no account. Ask for a new one.");
    }
    const at = new Date(now);
    await tx.member.update({ where: { id: memberId }, data: { passwordHash } });
    await tx.mailToken.updateMany({
      where: { memberId, usedAt: null },
      data: { usedAt: at },
    });
    await endSessions(tx, { memberId });
  });
}
