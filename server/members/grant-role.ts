import type { Role } from "../auth/actor.ts";
import { endSessions } from "../auth/end-sessions.ts";
import { recordDecision } from "../decisions/record-decision.ts";
import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";

type GrantRole = { name: string; role: Role; reason: string; now: number };

/** Gives a member a role, as a public decision. The member signs in anew: no session outlives a change of privileges. */
export async function grantRole(
  db: PrismaClient,
  { name, role, reason, now }: GrantRole,
): Promise<{ number: number }> {
  return await db.$transaction(async (tx) => {
    const member = await tx.member.findUnique({
      where: { nameKey: name.toLowerCase(), deletedAt: null },
      select: { id: true },
    });
    if (member === null) {
      throw new AppError("not_found", `There is no member called ${name}. Check the spelling.`);
    }
    const memberId = member.id;
    const { count } = await tx.memberRole.createMany({
      data: [{ memberId, role, grantedAt: new Date(now) }],
      skipDuplicates: true,
    });
    if (count === 0) {
      throw new AppError("conflict", `${name} has the role ${role} already. Nothing to do.`);
    }
    await endSessions(tx, { memberId });
    const subject = { type: "member", id: memberId };
    const data = { role };
    return await recordDecision(tx, {
      kind: "member.grant",
      subject,
      actorId: null,
      reason,
      data,
      now,
    });
  });
}
