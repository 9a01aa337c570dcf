import type { MemberActor } from "../../auth/actor.ts";
import type { Prisma } from "../../platform/db.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import { ControlPatch } from "../contract.ts";
import { refuse } from "../refuse.ts";
import { readControls, undoOf } from "./controls.ts";
import { sendPatch } from "./send-patch.ts";

/**
 * Sends a sealed change to the trainer. It begins when the trainer says at which step it obeyed: see advance-trials.ts.
 * What the change replaces is noted first, so that the way back is known whatever happens.
 */
export async function startTrial(
  db: PrismaClient,
  { id, actor, now }: { id: number; actor: MemberActor; now: number },
): Promise<void> {
  const trial = await db.initiativeTrial.findFirst({
    where: { initiativeId: id, state: "sealed" },
    select: { id: true, runId: true, patch: true, initiative: { select: { title: true } } },
  });
  if (trial === null) {
    throw refuse("wrong-state");
  }
  const patch = ControlPatch.parse(trial.patch);
  const undo = undoOf(patch, await readControls(db, trial.runId));
  const reason = `Trial of initiative ${id}: ${trial.initiative.title}`;
  const { runId } = trial;
  const command = await sendPatch(db, { runId, patch, memberId: actor.memberId, reason, now });
  await db.initiativeTrial.updateMany({
    where: { id: trial.id, state: "sealed" },
    data: { state: "sent", commandId: command.id, undo: undo as Prisma.InputJsonArray },
  });
}
