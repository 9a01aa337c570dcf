import type { MemberActor } from "../auth/actor.ts";
import { recordDecision } from "../decisions/record-decision.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { CreateFamily } from "./contract.ts";
import { refuse } from "./refuse.ts";

type Input = { family: CreateFamily; actor: MemberActor; now: number };

/** Opens a line of models, to which releases are made. */
export async function createFamily(db: PrismaClient, { family, actor, now }: Input): Promise<void> {
  const { id, title, summary } = family;
  await db.$transaction(async (tx) => {
    const made = await tx.modelFamily.createMany({
      data: { id, title, summary, createdById: actor.memberId, createdAt: new Date(now) },
      skipDuplicates: true,
    });
    if (made.count === 0) {
      throw refuse("model-taken");
    }
    await recordDecision(tx, {
      kind: "model.create",
      subject: { type: "model", id },
      actorId: actor.memberId,
      reason: summary.en,
      data: { title },
      now,
    });
  });
}
