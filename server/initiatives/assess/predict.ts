import type { MemberActor } from "../../auth/actor.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import { lockInitiative } from "../lock-initiative.ts";
import { refuse } from "../refuse.ts";

type Prediction = { id: number; metric: string; change: number; actor: MemberActor; now: number };
/** Before the trial shows anything. */
const OPEN_IN = [
  "open",
  "triage",
  "needs-work",
  "feasible",
  "assigned",
  "final-comment",
  "approved",
];

/** What a member expects of it: the change of a metric's mean. May be changed until the trial begins; scored after it. */
export async function predict(db: PrismaClient, input: Prediction): Promise<void> {
  const { id, metric, change, actor, now } = input;
  await db.$transaction(async (tx) => {
    const { state } = await lockInitiative(tx, id);
    if (!OPEN_IN.includes(state)) {
      throw refuse("wrong-state", { state });
    }
    const key = { initiativeId: id, memberId: actor.memberId, metric };
    await tx.initiativePrediction.upsert({
      where: { initiativeId_memberId_metric: key },
      create: { ...key, change, createdAt: new Date(now) },
      update: { change, createdAt: new Date(now) },
      select: { change: true },
    });
  });
}
