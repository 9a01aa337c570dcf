import type { Prisma } from "../../platform/db.ts";
import { announceInitiative } from "../announce-initiative.ts";
import type { TrialVerdict } from "../contract.ts";
import { advanceTrial, type Tools, TRIAL_ROW, type TrialRow } from "./advance-trial.ts";
import { findContaining } from "./find-containing.ts";
import { measureTrial } from "./measure-trial.ts";
import { readAnswer } from "./read-answer.ts";
import { sendAgain } from "./send-again.ts";
import { type Standing, standingOf } from "./standing-of.ts";

const WATCHED = ["sent", "running", "kept", "stable", "returning", "rolled-back"];

/**
 * Carries every trial as far as the trainer and the data allow: begun once the trainer has obeyed, a verdict once the
 * window has passed, stable after its steps, released in the next public checkpoint, rolled back once that was obeyed.
 * What a restart has lost is sent again for as long as the run lives.
 */
export async function advanceTrials(tools: Tools, now: number): Promise<void> {
  const trials = await tools.db.initiativeTrial.findMany({
    where: {
      state: { in: WATCHED },
      OR: [
        { initiative: { state: { in: ["approved", "trial", "provisional", "stable"] } } },
        { run: { finishStatus: null } },
      ],
    },
    include: TRIAL_ROW,
    orderBy: { id: "asc" },
  });
  for (const trial of trials) {
    await STEPS[trial.state]?.(tools, trial, now);
  }
}

type Step = (tools: Tools, trial: TrialRow, now: number) => Promise<void>;

const STEPS: Record<string, Step | undefined> = {
  sent: async (tools, trial, now) => {
    const answer = await readAnswer(tools.db, trial.runId, trial.commandId);
    if (answer?.refused === true) {
      // The trainer could not do it: the initiative stays approved, and another request can be sealed.
      const set = { state: "cancelled", endStep: answer.step, endReason: answer.message };
      await mark(tools, trial, set);
    } else if (answer !== null) {
      const step = Number(answer.step);
      await advanceTrial(
        tools,
        { trial, now, move: "start-trial" },
        {
          reason: `The trainer of ${trial.run.name} obeyed at step ${step}.`,
          set: { state: "running", attempt: answer.attempt, fromStep: answer.step },
          told: (title) => ({
            kind: "initiative-trial",
            data: { title, run: trial.run.name, step },
          }),
        },
      );
    }
  },
  running: async (tools, trial, now) => {
    const standing = await inForce(tools, trial, now);
    if (standing === null || trial.verdict !== null) {
      return;
    }
    const measured = await measureTrial(tools, { trial, standing });
    if (measured === null) {
      return;
    }
    const { verdict, looks } = measured;
    await mark(tools, trial, verdict === null ? { looks } : { looks, ...written(verdict, now) });
  },
  kept: async (tools, trial, now) => {
    const standing = await inForce(tools, trial, now);
    const { decidedStep, stableSteps } = trial;
    if (standing === null || decidedStep === null) {
      return;
    }
    if (trial.run.step < decidedStep + BigInt(stableSteps)) {
      return;
    }
    const measured = await measureTrial(tools, { trial, standing, newest: true });
    const verdict = measured?.verdict;
    if (verdict?.findings.some(({ outcome }) => outcome === "broken") === true) {
      // No longer within its bounds: it does not settle, and an engineer sees why.
      await mark(tools, trial, written(verdict, now));
      return;
    }
    await advanceTrial(
      tools,
      { trial, now, move: "settle" },
      {
        reason: `${stableSteps} steps have passed within its bounds since it was kept.`,
        set: { state: "stable" },
      },
    );
  },
  stable: async (tools, trial, now) => {
    const standing = await inForce(tools, trial, now);
    const step = trial.endStep === null ? await findContaining(tools.db, trial) : null;
    if (step !== null && standing !== null) {
      await advanceTrial(
        tools,
        { trial, now, move: "release" },
        {
          reason: `Checkpoint ${step} of ${trial.run.name} contains it.`,
          set: { endStep: BigInt(step) },
          told: (title) => ({
            kind: "initiative-shipped",
            data: { title, step: Number(trial.fromStep ?? 0n), checkpoint: step },
          }),
        },
      );
    }
  },
  returning: async (tools, trial, now) => {
    const answer = await readAnswer(tools.db, trial.runId, trial.undoCommandId);
    if (answer?.refused === true) {
      // Decided anew by an engineer, who now knows that this way back is closed.
      const state = trial.initiative.state === "provisional" ? "kept" : "running";
      await mark(tools, trial, { state, undoCommandId: null });
    } else if (answer !== null) {
      const step = Number(answer.step);
      const reason = trial.endReason ?? "";
      await advanceTrial(
        tools,
        { trial, now, move: "roll-back" },
        {
          reason,
          set: { state: "rolled-back", endStep: answer.step },
          told: (title) => ({ kind: "initiative-rolled-back", data: { title, step, reason } }),
        },
      );
    }
  },
  "rolled-back": async (tools, trial, now) => {
    const { since } = await standingOf(tools.db, trial);
    if (since !== null) {
      await sendAgain(tools, trial, { back: true, now });
    }
  },
};

/** Where it stands on the run's line; null when a restart has lost it and it was sent again. */
async function inForce(tools: Tools, trial: TrialRow, now: number): Promise<Standing | null> {
  const standing = await standingOf(tools.db, trial);
  if (standing.since !== null) {
    return standing;
  }
  await sendAgain(tools, trial, { back: false, now });
  return null;
}

/** Changes the trial alone, and tells open pages. */
async function mark(
  { db }: Tools,
  trial: TrialRow,
  data: Prisma.InitiativeTrialUpdateManyMutationInput,
): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.initiativeTrial.updateMany({ where: { id: trial.id, state: trial.state }, data });
    await announceInitiative(tx, trial.initiativeId);
  });
}

const written = (verdict: TrialVerdict, now: number) => ({
  verdict: verdict as unknown as Prisma.InputJsonObject,
  verdictAt: new Date(now),
});
