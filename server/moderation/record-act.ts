import { recordDecision } from "../decisions/record-decision.ts";
import type { Prisma } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";

export type NewAct = {
  kind: "hide" | "restore" | "warn" | "silence" | "suspend" | "lift" | "dismiss";
  actorId: string;
  reason: string;
  caseId?: string;
  postId?: number;
  threadId?: number;
  /** Whom it limits or tells. */
  memberId?: string;
  endsAt?: Date;
};

/** What a moderator did, in the decision log and the moderation log. Last in the transaction. */
export async function recordAct(tx: Prisma.TransactionClient, act: NewAct): Promise<string> {
  const { kind, actorId, reason, postId, memberId, endsAt } = act;
  const [type, id] = postId === undefined ? ["member", memberId ?? ""] : ["post", String(postId)];
  const { number } = await recordDecision(tx, {
    ...{ kind: `${type}.${kind}`, subject: { type, id }, actorId, reason },
    data: endsAt === undefined ? {} : { endsAt: endsAt.toISOString() },
  });
  const actId = newId("act");
  await tx.moderationAct.create({ data: { ...act, id: actId, decision: number } });
  return actId;
}
