import { notifyMembers } from "../notifications/notify-members.ts";
import type { Prisma } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { LimitMember } from "./contract.ts";
import { recordAct } from "./record-act.ts";

type Limiting = LimitMember & { actorId: string; now: number };

const DAY_MS = 86_400_000;
const SUBJECT = { type: "moderation", id: "", url: "/moderation/mine" };

/** Warns a member, or keeps them from writing or from everything until a day. They are told, and may appeal. */
export async function limitMember(db: PrismaClient, input: Limiting): Promise<{ done: true }> {
  const { memberId, kind, days, reason, actorId, now } = input;
  if (memberId === actorId) {
    throw new AppError("forbidden", "Nobody limits themselves. Ask another moderator.");
  }
  if (kind !== "warn" && days === undefined) {
    throw new AppError("bad_request", "Say for how many days; nothing is without an end.");
  }
  const endsAt = kind === "warn" ? undefined : new Date(now + (days ?? 1) * DAY_MS);
  return await db.$transaction(async (tx) => {
    await requireStanding(tx, memberId);
    if (endsAt !== undefined) {
      const field = kind === "silence" ? "silencedUntil" : "suspendedUntil";
      await tx.member.update({ where: { id: memberId }, data: { [field]: endsAt } });
    }
    await tell(tx, { memberId, kind, reason, endsAt });
    await recordAct(tx, {
      ...{ kind, memberId, actorId, reason },
      ...(endsAt === undefined ? {} : { endsAt }),
    });
    return { done: true };
  });
}

async function requireStanding(tx: Prisma.TransactionClient, id: string): Promise<void> {
  const member = await tx.member.findFirst({
    where: { id, deletedAt: null },
    select: { id: true },
  });
  if (member === null) {
    throw new AppError("not_found", "There is no such member (any more).");
  }
}

type Told = Pick<LimitMember, "memberId" | "kind" | "reason"> & { endsAt: Date | undefined };

async function tell(
  tx: Prisma.TransactionClient,
  { memberId, kind, reason, endsAt }: Told,
): Promise<void> {
  const told = { memberIds: [memberId], subject: { ...SUBJECT, id: memberId } };
  if (kind === "warn" || endsAt === undefined) {
    await notifyMembers(tx, { ...told, kind: "warned", data: { reason } });
    return;
  }
  const until = `${endsAt.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const named = kind === "silence" ? "silenced" : "suspended";
  await notifyMembers(tx, { ...told, kind: named, data: { until, reason } });
}
