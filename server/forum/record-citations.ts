import { citationsIn } from "../markdown/contract.ts";
import type { Db } from "../platform/db.ts";

/** Stands for "to where the run is now": a citation that names no end. */
export const OPEN_END = BigInt(Number.MAX_SAFE_INTEGER);

/** Notes which runs and spans a post cites, as its text is now; names that are no runs cite nothing. */
export async function recordCitations(
  tx: Db,
  { postId, body }: { postId: number; body: string },
): Promise<void> {
  await tx.forumCitation.deleteMany({ where: { postId } });
  const cited = citationsIn(body);
  if (cited.length === 0) {
    return;
  }
  const runs = await tx.run.findMany({
    where: { id: { in: cited.map(({ runId }) => runId) } },
    select: { id: true },
  });
  const known = new Set(runs.map(({ id }) => id));
  await tx.forumCitation.createMany({
    data: cited
      .filter(({ runId }) => known.has(runId))
      .map(({ runId, from, to }) => ({
        ...{ postId, runId, fromStep: BigInt(from ?? 0) },
        toStep: to === null ? OPEN_END : BigInt(to),
      })),
    skipDuplicates: true,
  });
}
