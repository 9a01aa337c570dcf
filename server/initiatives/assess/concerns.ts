import type { MemberActor } from "../../auth/actor.ts";
import { notifyMembers } from "../../notifications/notify-members.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import { lockInitiative } from "../lock-initiative.ts";
import { VOTABLE } from "../moves.ts";
import { refuse } from "../refuse.ts";

type Raise = { id: number; title: string; text: string; actor: MemberActor; now: number };

/** Names a reason against approval. It blocks until it is resolved, whoever raised it. */
export async function raiseConcern(db: PrismaClient, input: Raise): Promise<number> {
  const { id, title, text, actor, now } = input;
  return await db.$transaction(async (tx) => {
    const initiative = await lockInitiative(tx, id);
    const open: readonly string[] = VOTABLE;
    if (!open.includes(initiative.state)) {
      throw refuse("wrong-state", { state: initiative.state });
    }
    const concern = await tx.initiativeConcern.create({
      data: { initiativeId: id, authorId: actor.memberId, title, text, createdAt: new Date(now) },
      select: { id: true },
    });
    await notifyMembers(tx, {
      memberIds: [initiative.authorId].filter((author) => author !== actor.memberId),
      kind: "initiative-comment",
      subject: { type: "initiative", id: String(id), url: `/initiatives/${id}#concerns` },
      data: { author: actor.name, title: initiative.title },
    });
    return concern.id;
  });
}

type Resolve = { concernId: number; resolution: string; actor: MemberActor; now: number };

/** Says how a concern was met: by who raised it, or by an engineer who is not the proposal's author. */
export async function resolveConcern(db: PrismaClient, input: Resolve): Promise<void> {
  const { concernId, resolution, actor, now } = input;
  await db.$transaction(async (tx) => {
    const concern = await tx.initiativeConcern.findUnique({
      where: { id: concernId },
      select: { initiativeId: true, authorId: true },
    });
    if (concern === null) {
      throw refuse("not-found");
    }
    const initiative = await lockInitiative(tx, concern.initiativeId);
    const raised = concern.authorId === actor.memberId;
    if (!raised && initiative.authorId === actor.memberId) {
      throw refuse("own-resolution");
    }
    if (!raised && !actor.roles.includes("engineer")) {
      throw refuse("not-yours");
    }
    const { count } = await tx.initiativeConcern.updateMany({
      where: { id: concernId, resolvedAt: null },
      data: { resolution, resolvedById: actor.memberId, resolvedAt: new Date(now) },
    });
    if (count === 0) {
      throw refuse("wrong-state", { state: "resolved" });
    }
  });
}
