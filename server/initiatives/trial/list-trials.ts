import type { Db } from "../../platform/db.ts";
import { ControlPatch, Trial, TrialBound, type TrialList, TrialVerdict } from "../contract.ts";

/** The trials of an initiative, the newest first. */
export async function listTrials(db: Db, initiativeId: number): Promise<TrialList> {
  const rows = await db.initiativeTrial.findMany({
    where: { initiativeId },
    orderBy: { sealedAt: "desc" },
    include: { run: { select: { name: true } } },
  });
  return {
    trials: rows.map((row) => ({
      ...{ id: row.id, runId: row.runId, runName: row.run.name, hash: row.hash },
      patch: ControlPatch.parse(row.patch),
      bounds: TrialBound.array().parse(row.bounds),
      ...{ window: row.window, stableSteps: row.stableSteps, sealedAt: row.sealedAt.getTime() },
      state: Trial.shape.state.parse(row.state),
      fromStep: row.fromStep === null ? null : Number(row.fromStep),
      verdict: TrialVerdict.nullable().parse(row.verdict),
      overruled: row.overruled,
      endStep: row.endStep === null ? null : Number(row.endStep),
      endReason: row.endReason,
    })),
  };
}
