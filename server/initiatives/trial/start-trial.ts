import type { MemberActor } from "../../auth/actor.ts";
import type { Prisma } from "../../platform/db.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import { announceInitiative } from "../announce-initiative.ts";
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
    select: {
      ...{ id: true, runId: true, patch: true, version: true },
      initiative: { select: { title: true, state: true, version: true, authorId: true } },
    },
  });
  if (trial === null || trial.initiative.state !== "approved") {
    throw refuse("wrong-state", { state: trial?.initiative.state ?? "" });
  }
  if (trial.version !== trial.initiative.version) {
    throw refuse("another-version");
  }
  if (trial.initiative.authorId === actor.memberId) {
    throw refuse("own-proposal");
  }
  const patch = ControlPatch.parse(trial.patch);
  const undo = undoOf(patch, await readControls(db, trial.runId));
  const reason = `Trial of initiative ${id}: ${trial.initiative.title}`;
  const { memberId } = actor;
  const command = await sendPatch(db, { runId: trial.runId, patch, memberId, reason, now });
  await db.initiativeTrial.updateMany({
    where: { id: trial.id, state: "sealed" },
    data: {
      ...{ state: "sent", startedById: memberId, undo: undo as Prisma.InputJsonArray },
      ...{ commandId: command.id, commandIds: [command.id] },
    },
  });
  await announceInitiative(db, id);
}
