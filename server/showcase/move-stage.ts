import type { MemberActor } from "../auth/actor.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { Stage } from "./contract.ts";
import { lockOwn } from "./lock-own.ts";

type Move = { id: number; stage: Stage; actor: MemberActor; now: number };

/** An application is at another stage now. Its hearts, comments and address stay. */
export async function moveStage(db: PrismaClient, { id, stage, actor, now }: Move): Promise<void> {
  await db.$transaction(async (tx) => {
    const before = await lockOwn(tx, id, actor);
    if (before.stage !== stage) {
      const at = new Date(now);
      await tx.showcase.update({ where: { id }, data: { stage, changedAt: at } });
      await tx.showcaseStage.create({ data: { showcaseId: id, stage, at } });
    }
  });
}
