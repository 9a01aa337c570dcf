import type { Actor } from "../auth/actor.ts";
import { notifyMembers } from "../notifications/notify-members.ts";
import { newId } from "../platform/ids.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { MakeOffer } from "./contract.ts";

type Making = { offer: MakeOffer; actor: Actor; now: number };

/** Keeps an offer in the admins' queue and tells them; nothing of it is public. */
export async function makeOffer(
  db: PrismaClient,
  { offer, actor, now }: Making,
): Promise<{ id: string }> {
  const id = newId("offer");
  const at = new Date(now);
  await db.$transaction(async (tx) => {
    const memberId = actor.kind === "member" ? actor.memberId : null;
    await tx.supportOffer.create({
      data: { ...offer, id, memberId, createdAt: at, changedAt: at },
    });
    const admins = await tx.memberRole.findMany({
      where: { role: "admin" },
      select: { memberId: true },
    });
    await notifyMembers(tx, {
      ...{ memberIds: admins.map((admin) => admin.memberId), kind: "support-offered" },
      ...{ data: { kind: offer.kind }, subject: { type: "offer", id, url: "/admin/support" } },
    });
  });
  return { id };
}
