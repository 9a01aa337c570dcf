import { ControlPatch } from "../contract.ts";
import type { Tools, TrialRow } from "./advance-trial.ts";
import { readAnswer } from "./read-answer.ts";
import { sendPatch } from "./send-patch.ts";

/**
 * A restart from a checkpoint that did not know the change, or its way back, has lost it: it is sent once more, so
 * that what was decided stays true. While an answer is awaited nothing is sent.
 */
export async function sendAgain(
  { db }: Tools,
  trial: TrialRow,
  { back, now }: { back: boolean; now: number },
): Promise<void> {
  const { id, runId, initiativeId, startedById, decidedById, state } = trial;
  const newest = back ? trial.undoCommandId : trial.commandId;
  if (newest === null || (await readAnswer(db, runId, newest)) === null) {
    return;
  }
  const command = await sendPatch(db, {
    runId,
    patch: ControlPatch.parse(back ? trial.undo : trial.patch),
    memberId: back ? decidedById : startedById,
    reason: `Initiative ${initiativeId}, sent again: the training went back to before it was obeyed.`,
    now,
  });
  const ids = back ? trial.undoIds : trial.commandIds;
  if (!ids.includes(command.id)) {
    await db.initiativeTrial.updateMany({
      where: { id, state },
      data: back
        ? { undoCommandId: command.id, undoIds: { push: command.id } }
        : { commandId: command.id, commandIds: { push: command.id } },
    });
  }
}
