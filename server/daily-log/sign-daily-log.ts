import type { Db } from "../platform/db.ts";
import type { SignDailyLog } from "./contract.ts";
import { requireRevision } from "./require-revision.ts";

type Signature = SignDailyLog & { signerId: string; now: number };

/** Signs the revision that the engineer has read; the first signature stays. Throws `not_found` or `conflict`. */
export async function signDailyLog(db: Db, signature: Signature): Promise<void> {
  const { runId, day, revision, signerId, now } = signature;
  const { count } = await db.dailyLog.updateMany({
    where: { runId, day, revision, signedAt: null },
    data: { signedAt: new Date(now), signedById: signerId },
  });
  if (count === 0) {
    await requireRevision(db, signature);
  }
}
