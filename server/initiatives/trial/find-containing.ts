import type { Db } from "../../platform/db.ts";
import { readRunLine } from "./read-run-line.ts";
import { changesAt } from "./run-line.ts";
import { foundIn } from "./standing-of.ts";

const MOST = 100;

type Carried = {
  runId: string;
  commandIds: string[];
  undoIds: string[];
  decidedStep: bigint | null;
};

/** The step of the first complete checkpoint after the decision in which the change is at work; null: there is none. */
export async function findContaining(db: Db, trial: Carried): Promise<number | null> {
  const { runId, decidedStep } = trial;
  const line = await readRunLine(db, runId);
  const checkpoints = await db.checkpoint.findMany({
    where: { runId, completedAt: { not: null }, step: { gte: decidedStep ?? 0n } },
    orderBy: [{ attempt: "desc" }, { step: "asc" }],
    take: MOST,
    select: { attempt: true, step: true },
  });
  const found = checkpoints.find(({ attempt, step }) => {
    const { since } = foundIn(changesAt(line, { attempt, step: Number(step) }), trial);
    return since !== null;
  });
  return found === undefined ? null : Number(found.step);
}
