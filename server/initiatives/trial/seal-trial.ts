import type { MemberActor } from "../../auth/actor.ts";
import { recordDecision } from "../../decisions/record-decision.ts";
import type { Prisma } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import { announceInitiative } from "../announce-initiative.ts";
import type { SealTrial } from "../contract.ts";
import { lockInitiative } from "../lock-initiative.ts";
import { refuse } from "../refuse.ts";
import { hashRequest } from "./hash-request.ts";

type Seal = SealTrial & { actor: MemberActor; now: number };
const UNDER_WAY = ["sealed", "sent", "running", "kept", "returning"];

/** Fixes what is changed, how it is judged and for how long, and its hash, before anything has started. */
export async function sealTrial(db: PrismaClient, input: Seal): Promise<string> {
  const { id, actor, now, ...request } = input;
  return await db.$transaction(async (tx) => {
    const { state, version, authorId } = await lockInitiative(tx, id);
    if (state !== "approved") {
      throw refuse("wrong-state", { state });
    }
    if (authorId === actor.memberId) {
      throw refuse("own-proposal");
    }
    const { runId } = request;
    const run = await tx.run.findUnique({
      where: { id: runId },
      select: { archived: true, finishStatus: true },
    });
    if (run === null || run.archived || run.finishStatus !== null) {
      throw refuse("run-not-live");
    }
    // One that was sealed for a former approval cannot start any more.
    await tx.initiativeTrial.updateMany({
      where: { initiativeId: id, state: "sealed", version: { not: version } },
      data: { state: "cancelled" },
    });
    const open = await tx.initiativeTrial.count({
      where: { initiativeId: id, state: { in: UNDER_WAY } },
    });
    if (open > 0) {
      throw refuse("trial-running");
    }
    const hash = hashRequest({ initiativeId: id, version, ...request });
    const trial = await tx.initiativeTrial.create({
      data: {
        ...{ id: newId("trial"), initiativeId: id, hash, version, sealedById: actor.memberId },
        ...{ runId, window: request.window, stableSteps: request.stableSteps },
        patch: request.patch as Prisma.InputJsonArray,
        bounds: request.bounds as Prisma.InputJsonArray,
        sealedAt: new Date(now),
      },
      select: { id: true },
    });
    await announceInitiative(tx, id);
    await recordDecision(tx, {
      kind: "trial.seal",
      subject: { type: "trial", id: trial.id },
      actorId: actor.memberId,
      reason: "Change and bounds are fixed before the trial.",
      data: { initiative: id, run: runId, hash },
      now,
    });
    return trial.id;
  });
}
