import type { Role } from "../auth/actor.ts";
import { endSessions } from "../auth/end-sessions.ts";
import { recordDecision } from "../decisions/record-decision.ts";
import { notifyMembers } from "../notifications/notify-members.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";

export type RoleChange = {
  name: string;
  role: Role;
  reason: string;
  /** The admin who decides; null for whoever runs the portal's machine. */
  actorId: string | null;
  now: number;
};

/** Gives a member a role, as a public decision. The member signs in anew: no session outlives a change of privileges. */
export async function grantRole(db: PrismaClient, change: RoleChange): Promise<{ number: number }> {
  const { name, role, actorId, now } = change;
  return await db.$transaction(async (tx) => {
    const memberId = await findMember(tx, name);
    const { count } = await tx.memberRole.createMany({
      data: [{ memberId, role, grantedById: actorId, grantedAt: new Date(now) }],
      skipDuplicates: true,
    });
    if (count === 0) {
      throw new AppError("conflict", `${name} has the role ${role} already. Nothing to do.`, {
        details: { reason: "role-held" },
      });
    }
    return await conclude(tx, { ...change, memberId, verb: "grant" });
  });
}

/** Takes a role away, as a public decision. The last admin stays: nobody could name another. */
export async function revokeRole(
  db: PrismaClient,
  change: RoleChange,
): Promise<{ number: number }> {
  const { name, role } = change;
  return await db.$transaction(async (tx) => {
    const memberId = await findMember(tx, name);
    // Two admins who take the role from each other at once: the second waits, and then counts one.
    await tx.$queryRaw`select 1 from "MemberRole" where role = ${role} order by "memberId" for update`;
    const holders = await tx.memberRole.count({ where: { role, member: { deletedAt: null } } });
    if (role === "admin" && holders <= 1) {
      throw new AppError("conflict", "The last admin stays. Name another one first.", {
        details: { reason: "last-admin" },
      });
    }
    const { count } = await tx.memberRole.deleteMany({ where: { memberId, role } });
    if (count === 0) {
      throw new AppError("conflict", `${name} does not have the role ${role}. Nothing to do.`, {
        details: { reason: "role-not-held" },
      });
    }
    return await conclude(tx, { ...change, memberId, verb: "revoke" });
  });
}

async function findMember(tx: Db, name: string): Promise<string> {
  const member = await tx.member.findUnique({
    where: { nameKey: name.toLowerCase(), deletedAt: null },
    select: { id: true },
  });
  if (member === null) {
    throw new AppError("not_found", `There is no member called ${name}. Check the spelling.`);
  }
  return member.id;
}

type Concluding = RoleChange & { memberId: string; verb: "grant" | "revoke" };

async function conclude(
  tx: Db,
  { memberId, name, role, reason, actorId, now, verb }: Concluding,
): Promise<{ number: number }> {
  await endSessions(tx, { memberId });
  await notifyMembers(tx, {
    memberIds: [memberId],
    kind: verb === "grant" ? "role-granted" : "role-revoked",
    subject: { type: "member", id: memberId, url: `/members/${name}` },
    data: { role },
  });
  return await recordDecision(tx, {
    kind: `member.${verb}`,
    subject: { type: "member", id: memberId },
    actorId,
    reason,
    data: { role },
    now,
  });
}
