import type { MemberActor } from "../../auth/actor.ts";
import { notifyMembers } from "../../notifications/notify-members.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import type { Rules } from "../check-requirement.ts";
import { lockInitiative } from "../lock-initiative.ts";
import { makeMove } from "../make-move.ts";
import { refuse } from "../refuse.ts";

type Offer = { id: number; memberName: string; actor: MemberActor; now: number };
const CARRIERS = ["engineer", "volunteer"];
const OFFERED_IN = ["feasible", "assigned", "final-comment", "approved", "trial", "provisional"];

/** Asks an engineer or a volunteer to carry it; nothing changes until they accept. */
export async function offerAssignment(db: PrismaClient, offer: Offer): Promise<void> {
  const { id, memberName, actor, now } = offer;
  await db.$transaction(async (tx) => {
    const initiative = await lockInitiative(tx, id);
    if (!OFFERED_IN.includes(initiative.state)) {
      throw refuse("wrong-state", { state: initiative.state });
    }
    const member = await tx.member.findUnique({
      where: { nameKey: memberName.toLowerCase(), deletedAt: null },
      select: { id: true, roles: { select: { role: true } } },
    });
    if (member === null || !member.roles.some(({ role }) => CARRIERS.includes(role))) {
      throw refuse("not-assignable");
    }
    const offered = { offeredById: actor.memberId, offeredAt: new Date(now) };
    await tx.initiativeAssignment.upsert({
      where: { initiativeId_memberId: { initiativeId: id, memberId: member.id } },
      create: { initiativeId: id, memberId: member.id, ...offered },
      update: { ...offered, acceptedAt: null, endedAt: null },
      select: { memberId: true },
    });
    await notifyMembers(tx, {
      memberIds: [member.id].filter((asked) => asked !== actor.memberId),
      kind: "initiative-assigned",
      subject: { type: "initiative", id: String(id), url: `/initiatives/${id}` },
      data: { title: initiative.title },
    });
  });
}

type Answer = { id: number; accept: boolean; actor: MemberActor; now: number; rules: Rules };

/** The answer of the one who was asked. The first acceptance assigns the initiative; the last refusal takes that back. */
export async function answerAssignment(db: PrismaClient, answer: Answer): Promise<void> {
  const { id, accept, actor, now, rules } = answer;
  await db.$transaction(async (tx) => {
    const initiative = await lockInitiative(tx, id);
    const offer = await tx.initiativeAssignment.findUnique({
      where: { initiativeId_memberId: { initiativeId: id, memberId: actor.memberId } },
      select: { endedAt: true, acceptedAt: true },
    });
    if (offer === null || offer.endedAt !== null) {
      throw refuse("not-yours");
    }
    const at = new Date(now);
    const others = await tx.initiativeAssignment.count({
      where: {
        ...{ initiativeId: id, acceptedAt: { not: null }, endedAt: null },
        memberId: { not: actor.memberId },
      },
    });
    const move = { initiative, actor, now, rules };
    if (accept && initiative.state === "feasible") {
      await makeMove(tx, { ...move, name: "assign", reason: "Accepted by the assignee." });
    }
    if (!accept && others === 0 && ["assigned", "final-comment"].includes(initiative.state)) {
      const reason = "The assignee has stepped back.";
      await makeMove(tx, { ...move, name: "unassign", reason, set: { commentEndsAt: null } });
    }
    await tx.initiativeAssignment.update({
      where: { initiativeId_memberId: { initiativeId: id, memberId: actor.memberId } },
      data: accept ? { acceptedAt: offer.acceptedAt ?? at } : { endedAt: at },
      select: { memberId: true },
    });
  });
}
