import { recordDecision } from "../decisions/record-decision.ts";
import { notifyMembers } from "../notifications/notify-members.ts";
import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { DecideAppeal } from "./contract.ts";
import { undoAct } from "./undo-act.ts";

type Deciding = DecideAppeal & { actorId: string };

/** Decides an appeal, once, and never by whoever acted; an act that is overturned is undone in the same transaction. */
export async function decideAppeal(
  db: PrismaClient,
  { appealId, overturn, answer, actorId }: Deciding,
): Promise<{ done: true }> {
  return await db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from "ModerationAppeal" where id = ${appealId} for update`;
    const appeal = await tx.moderationAppeal.findUnique({
      where: { id: appealId },
      include: { act: true },
    });
    if (appeal === null) {
      throw new AppError("not_found", "There is no such appeal. Load the page again.");
    }
    if (appeal.state !== "open") {
      throw new AppError("conflict", "This appeal was decided meanwhile. Load the page again.");
    }
    if (appeal.actActorId === actorId || appeal.memberId === actorId) {
      throw new AppError("forbidden", "Another moderator decides: you acted, or are concerned.");
    }
    const state = overturn ? "overturned" : "upheld";
    await tx.moderationAppeal.update({
      where: { id: appealId },
      data: { state, deciderId: actorId, answer, decidedAt: new Date() },
    });
    if (overturn && appeal.act.revokedAt === null) {
      await undoAct(tx, appeal.act);
    }
    await notifyMembers(tx, {
      memberIds: [appeal.memberId],
      kind: "appeal-decided",
      subject: { type: "appeal", id: appealId, url: "/moderation/mine" },
      data: { outcome: state },
    });
    await recordDecision(tx, {
      kind: `appeal.${overturn ? "overturn" : "uphold"}`,
      subject: { type: "act", id: appeal.actId },
      ...{ actorId, reason: answer, data: { decision: appeal.act.decision } },
    });
    return { done: true };
  });
}
