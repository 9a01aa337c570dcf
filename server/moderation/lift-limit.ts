import { notifyMembers } from "../notifications/notify-members.ts";
import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { LiftLimit } from "./contract.ts";
import { recordAct } from "./record-act.ts";
import { undoAct } from "./undo-act.ts";

type Lifting = LiftLimit & { actorId: string; now: number };

/** Ends a silence or a suspension before its time, with a reason; the member is told. */
export async function liftLimit(
  db: PrismaClient,
  { actId, reason, actorId, now }: Lifting,
): Promise<{ done: true }> {
  return await db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from "ModerationAct" where id = ${actId} for update`;
    const act = await tx.moderationAct.findUnique({ where: { id: actId } });
    if (act === null || act.memberId === null || !["silence", "suspend"].includes(act.kind)) {
      throw new AppError("not_found", "There is no such limit. Load the log again.");
    }
    if (act.revokedAt !== null || act.endsAt === null || act.endsAt.getTime() <= now) {
      throw new AppError("conflict", "This limit has ended already. Load the log again.");
    }
    if (act.memberId === actorId) {
      throw new AppError(
        "forbidden",
        "Nobody frees themselves. Appeal: another moderator decides.",
      );
    }
    await undoAct(tx, act);
    await notifyMembers(tx, {
      memberIds: [act.memberId],
      kind: "limit-lifted",
      subject: { type: "moderation", id: act.memberId, url: "/moderation/mine" },
      data: { reason },
    });
    await recordAct(tx, { kind: "lift", memberId: act.memberId, actorId, reason });
    return { done: true };
  });
}
