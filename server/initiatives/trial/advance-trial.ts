import type { Prisma } from "../../platform/db.ts";
import type { Pool } from "../../platform/pool.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import type { Rules } from "../check-requirement.ts";
import { lockInitiative } from "../lock-initiative.ts";
import { makeMove } from "../make-move.ts";
import type { MoveName } from "../moves.ts";

export type Tools = { db: PrismaClient; pool: Pool; rules: Rules };
export const TRIAL_ROW = {
  run: { select: { name: true, step: true } },
  initiative: { select: { state: true } },
} as const satisfies Prisma.InitiativeTrialInclude;
export type TrialRow = Prisma.InitiativeTrialGetPayload<{ include: typeof TRIAL_ROW }>;

type Told = NonNullable<Parameters<typeof makeMove>[1]["told"]>;
type Change = {
  reason: string;
  set: Prisma.InitiativeTrialUpdateManyMutationInput;
  told?: (title: string) => Told;
};

/** Moves a trial and its initiative in one transaction; nothing when another process was faster. */
export async function advanceTrial(
  { db, rules }: Tools,
  { trial, now, move }: { trial: TrialRow; now: number; move: MoveName },
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
