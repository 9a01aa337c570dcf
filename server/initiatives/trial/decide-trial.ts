import type { MemberActor } from "../../auth/actor.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import { announceInitiative } from "../announce-initiative.ts";
import type { Rules } from "../check-requirement.ts";
import { ControlPatch, type DecideTrial, TrialVerdict } from "../contract.ts";
import { lockInitiative } from "../lock-initiative.ts";
import { makeMove } from "../make-move.ts";
import { refuse } from "../refuse.ts";
import { scorePredictions } from "./score-predictions.ts";
import { sendPatch } from "./send-patch.ts";

type Decision = DecideTrial & { actor: MemberActor; now: number; rules: Rules };
/** Who decides against the computed verdict says more than a word. */
const OVERRULE_LENGTH = 50;

/**
 * An engineer's decision at the end of the window: keep it provisionally, or send the way back to the trainer. Deciding
 * against the computed verdict is possible, and stands in the log with its reason.
 */
export async function decideTrial(db: PrismaClient, input: Decision): Promise<void> {
  const { id, keep, actor, now, rules, reason } = input;
  const trial = await db.initiativeTrial.findFirst({
    where: { initiativeId: id, state: { in: ["running", "kept"] } },
  });
  const verdict = TrialVerdict.safeParse(trial?.verdict).data;
  if (trial === null || verdict === undefined) {
    throw refuse("no-verdict");
  }
  const overruled = keep !== (verdict.proposal === "keep");
  if (overruled && reason.length < OVERRULE_LENGTH) {
    throw refuse("overrule-reason");
  }
  const { authorId } = await db.initiative.findUniqueOrThrow({
    where: { id },
    select: { authorId: true },
  });
  if (authorId === actor.memberId) {
    throw refuse("own-proposal");
  }
  const { runId } = trial;
  const patch = ControlPatch.parse(trial.undo);
  const back = keep
    ? null
    : await sendPatch(db, { runId, patch, memberId: actor.memberId, reason, now });
  await db.$transaction(async (tx) => {
    const initiative = await lockInitiative(tx, id);
    const run = await tx.run.findUniqueOrThrow({ where: { id: runId }, select: { step: true } });
    const { count } = await tx.initiativeTrial.updateMany({
      where: { id: trial.id, state: keep ? "running" : { in: ["running", "kept"] } },
      data: {
        ...{ state: keep ? "kept" : "returning", decidedById: actor.memberId, overruled },
        ...{ decidedStep: run.step, endReason: keep ? null : reason },
        ...(back === null ? {} : { undoCommandId: back.id, undoIds: { push: back.id } }),
      },
    });
    if (count === 0) {
      throw refuse("wrong-state", { state: trial.state });
    }
    await scorePredictions(tx, { id, verdict });
    if (!keep) {
      await announceInitiative(tx, id);
    } else {
      const data = { trial: trial.id, proposal: verdict.proposal, overruled };
      await makeMove(tx, { initiative, name: "keep", actor, now, rules, reason, data });
    }
  });
}
