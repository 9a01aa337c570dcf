import type { Db, Prisma } from "../platform/db.ts";
import type { EvaluationList, StoredEvaluation } from "./contract.ts";
import { fromCursor, toCursor } from "./page-cursor.ts";
import { requireRun } from "./require-run.ts";

export type ListEvaluations = {
  runId: string;
  limit?: number | undefined;
  next?: string | undefined;
  attempt?: number | undefined;
};

const DEFAULT_LIMIT = 200;
const SHOWN = {
  attempt: true,
  step: true,
  createdAt: true,
  results: true,
} satisfies Prisma.EvaluationSelect;

/** Evaluations of a run, newest attempt and step first. */
export async function listEvaluations(db: Db, input: ListEvaluations): Promise<EvaluationList> {
  await requireRun(db, input.runId);
  const take = input.limit ?? DEFAULT_LIMIT;
  const rows = await db.evaluation.findMany({
    where: {
      runId: input.runId,
      ...(input.attempt === undefined ? {} : { attempt: input.attempt }),
      ...after(input.next),
    },
    orderBy: [{ attempt: "desc" }, { step: "desc" }],
    take: take + 1,
    select: SHOWN,
  });
  const shown = rows.slice(0, take);
  const last = shown.at(-1);
  return {
    evaluations: shown.map((row) => ({
      attempt: row.attempt,
      step: Number(row.step),
      time: row.createdAt.getTime(),
      results: row.results as StoredEvaluation["results"],
    })),
    next:
      last === undefined || rows.length <= take
        ? null
        : toCursor([last.attempt, Number(last.step)]),
  };
}

function after(next: string | undefined): Prisma.EvaluationWhereInput {
  if (next === undefined) {
    return {};
  }
  const [attempt, step] = fromCursor(next, ["number", "number"]);
  return { OR: [{ attempt: { lt: attempt } }, { attempt, step: { lt: step } }] };
}
