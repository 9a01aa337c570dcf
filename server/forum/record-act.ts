import { recordDecision } from "../decisions/record-decision.ts";
import type { Prisma } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";

export type ThreadAct = {
  kind: "pin" | "unpin" | "lock" | "unlock" | "move" | "split" | "merge";
  threadId: number;
  actorId: string;
  reason: string;
  data?: Prisma.InputJsonObject;
};

/** What a moderator did to a thread, in the decision log and the moderation log. Last in the transaction. */
export async function recordAct(tx: Prisma.TransactionClient, act: ThreadAct): Promise<void> {
  const { kind, threadId, actorId, reason, data = {} } = act;
  const { number } = await recordDecision(tx, {
    ...{ kind: `thread.${kind}`, subject: { type: "thread", id: String(threadId) } },
    ...{ actorId, reason, data },
  });
  await tx.moderationAct.create({
    data: { id: newId("act"), kind, threadId, actorId, reason, decision: number },
  });
}
