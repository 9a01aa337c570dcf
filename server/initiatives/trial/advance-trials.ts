import type { Db, Prisma } from "../../platform/db.ts";
import type { Pool } from "../../platform/pool.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import type { Rules } from "../check-requirement.ts";
import { lockInitiative } from "../lock-initiative.ts";
import { makeMove } from "../make-move.ts";
import type { MoveName } from "../moves.ts";
import { measureTrial } from "./measure-trial.ts";

type Tools = { db: PrismaClient; pool: Pool; rules: Rules };
type Trial = Prisma.InitiativeTrialGetPayload<{
  include: { run: { select: { name: true; step: true } } };
}>;

const WATCHED = ["sent", "running", "kept", "stable", "returning"];

/**
 * Carries every trial as far as the trainer and the data allow: begun once the trainer has obeyed, a verdict once the
 * window has passed, stable after its steps, released in the next public checkpoint, rolled back once that was obeyed.
 */
export async function advanceTrials(tools: Tools, now: number): Promise<void> {
  const trials = await tools.db.initiativeTrial.findMany({
    where: {
      state: { in: WATCHED },
      // What is released needs nothing more.
      initiative: { state: { in: ["approved", "trial", "provisional", "stable"] } },
    },
    include: { run: { select: { name: true, step: true } } },
    orderBy: { id: "asc" },
  });
  for (const trial of trials) {
    await STEPS[trial.state]?.(tools, trial, now);
  }
}

type Step = (tools: Tools, trial: Trial, now: number) => Promise<void>;

const STEPS: Record<string, Step | undefined> = {
  sent: async (tools, trial, now) => {
    const answer = await readAnswer(tools.db, trial.runId, trial.commandId);
    if (answer?.refused === true) {
      // The trainer could not do it: the initiative stays approved, and another request can be sealed.
      const set = { state: "cancelled", endStep: answer.step, endReason: answer.message };
      await tools.db.initiativeTrial.updateMany({
        where: { id: trial.id, state: "sent" },
        data: set,
      });
    } else if (answer !== null) {
      const step = Number(answer.step);
      await advance(
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
  running: async ({ db, pool }, trial) => {
    const verdict = trial.verdict === null ? await measureTrial({ db, pool }, trial) : null;
    if (verdict !== null) {
      await db.initiativeTrial.updateMany({
        where: { id: trial.id, state: "running" },
        data: { verdict: verdict as unknown as Prisma.InputJsonObject, verdictAt: new Date() },
      });
    }
  },
  kept: async (tools, trial, now) => {
    if (
      trial.decidedStep !== null &&
      trial.run.step >= trial.decidedStep + BigInt(trial.stableSteps)
    ) {
      await advance(
        tools,
        { trial, now, move: "settle" },
        {
          reason: `${trial.stableSteps} steps have passed since it was kept.`,
          set: { state: "stable" },
        },
      );
    }
  },
  stable: async (tools, trial, now) => {
    const checkpoint = await tools.db.checkpoint.findFirst({
      where: {
        runId: trial.runId,
        completedAt: { not: null },
        step: { gte: trial.fromStep ?? 0n },
      },
      orderBy: { step: "desc" },
      select: { step: true },
    });
    if (checkpoint !== null) {
      const step = Number(checkpoint.step);
      await advance(
        tools,
        { trial, now, move: "release" },
        {
          reason: `Checkpoint ${step} of ${trial.run.name} contains it.`,
          set: { endStep: checkpoint.step },
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
      await tools.db.initiativeTrial.updateMany({
        where: { id: trial.id, state: "returning" },
        data: { state: "running", undoCommandId: null },
      });
    } else if (answer !== null) {
      const step = Number(answer.step);
      const reason = trial.endReason ?? "";
      await advance(
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
};

type Answer = { attempt: number; step: bigint; message: string; refused: boolean };

/** The event by which the trainer said that it obeyed. */
async function readAnswer(db: Db, runId: string, commandId: string | null): Promise<Answer | null> {
  const [event] = await db.$queryRaw<Answer[]>`
    select attempt, step, message, data->'refused' is not distinct from 'true'::jsonb as refused from "RunEvent"
    where "runId" = ${runId} and data->>'commandId' = ${commandId ?? ""}
    order by "createdAt" limit 1`;
  return event ?? null;
}

type Told = NonNullable<Parameters<typeof makeMove>[1]["told"]>;
type Change = {
  reason: string;
  set: Prisma.InitiativeTrialUpdateManyMutationInput;
  told?: (title: string) => Told;
};

/** The trial and its initiative in one transaction; nothing when another process was faster. */
async function advance(
  { db, rules }: Tools,
  { trial, now, move }: { trial: Trial; now: number; move: MoveName },
  { reason, set, told }: Change,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const initiative = await lockInitiative(tx, trial.initiativeId);
    const { count } = await tx.initiativeTrial.updateMany({
      where: { id: trial.id, state: trial.state, endStep: trial.endStep },
      data: set,
    });
    if (count === 0) {
      return;
    }
    await makeMove(tx, {
      ...{ initiative, name: move, actor: null, reason, now, rules },
      data: { trial: trial.id },
      ...(told === undefined ? {} : { told: told(initiative.title) }),
    });
  });
}
