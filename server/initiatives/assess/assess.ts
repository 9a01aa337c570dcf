import type { MemberActor } from "../../auth/actor.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import type { Rules } from "../check-requirement.ts";
import type { Assess } from "../contract.ts";
import { lockInitiative } from "../lock-initiative.ts";
import { makeMove } from "../make-move.ts";
import type { MoveName } from "../moves.ts";

const MOVE_OF = {
  feasible: "find-feasible",
  "needs-work": "ask-for-work",
  infeasible: "find-infeasible",
} as const satisfies Record<Assess["outcome"], MoveName>;

/** An engineer's answer to triage: whether it can be done, why, what it costs, and what it risks. Stops the clock. */
export async function assess(
  db: PrismaClient,
  { actor, now, rules, ...input }: Assess & { actor: MemberActor; now: number; rules: Rules },
): Promise<void> {
  const { id, outcome, reason, gpuHours, risk } = input;
  await db.$transaction(async (tx) => {
    const initiative = await lockInitiative(tx, id);
    await tx.initiativeAssessment.create({
      data: {
        ...{ initiativeId: id, version: initiative.version, outcome, reason, gpuHours, risk },
        ...{ engineerId: actor.memberId, createdAt: new Date(now) },
      },
      select: { id: true },
    });
    await makeMove(tx, {
      ...{ initiative, actor, now, rules, reason },
      name: MOVE_OF[outcome],
      set: { gpuHours, triageDueAt: null },
      data: { gpuHours, risk },
      told: { kind: "initiative-assessed", data: { title: initiative.title, outcome } },
    });
  });
}
