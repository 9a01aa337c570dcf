import type { Db } from "../platform/db.ts";
import type { Candidates } from "./contract.ts";
import { NEEDED } from "./draft-release.ts";

const MOST = 50;

/** Public checkpoints that have what a release is made from, newest first. */
export async function listCandidates(db: Db): Promise<Candidates> {
  const rows = await db.checkpoint.findMany({
    where: {
      completedAt: { not: null },
      AND: NEEDED.map((name) => ({ files: { some: { name } } })),
    },
    orderBy: { completedAt: "desc" },
    take: MOST,
    select: { id: true, runId: true, attempt: true, step: true, run: { select: { name: true } } },
  });
  return {
    checkpoints: rows.map(({ id, runId, attempt, step, run }) => ({
      ...{ id, runId, runName: run.name, attempt },
      step: Number(step),
    })),
  };
}
