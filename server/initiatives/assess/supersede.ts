import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import { lockInitiative } from "../lock-initiative.ts";
import { makeMove } from "../make-move.ts";
import { refuse } from "../refuse.ts";
import type { Decision } from "./decide.ts";

/** Closes an initiative whose purpose another one serves; its own votes stay its own. */
export async function supersede(db: PrismaClient, input: Decision & { by: number }): Promise<void> {
  const { id, by, actor, now, rules, reason } = input;
  await db.$transaction(async (tx) => {
    const initiative = await lockInitiative(tx, id);
    const other = await tx.initiative.findUnique({ where: { id: by }, select: { state: true } });
    if (other === null || other.state === "draft" || by === id) {
      throw refuse("cannot-merge");
    }
    const set = { supersededById: by, triageDueAt: null };
    await makeMove(tx, {
      initiative,
      name: "supersede",
      actor,
      now,
      rules,
      reason,
      set,
      data: { by },
    });
  });
}
