import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { EditDailyLog } from "./contract.ts";
import { requireRevision } from "./require-revision.ts";

type Edit = EditDailyLog & { authorId: string; now: number };

/**
 * Keeps the engineer's words as the day's newest revision. A signature vouches for the words it was put under, so it
 * goes with them. Throws `not_found`, and `conflict` when somebody else wrote in between.
 */
export async function editDailyLog(db: Db, edit: Edit): Promise<void> {
  const { runId, day, comment, revision, authorId, now } = edit;
  const { count } = await db.dailyLog.updateMany({
    where: { runId, day, revision },
    data: { comment, revision: revision + 1, signedAt: null, signedById: null },
  });
  if (count === 0) {
    await requireRevision(db, edit);
    throw new AppError("conflict", "The log has just changed. Read it again and write anew.");
  }
  await db.dailyLogRevision.create({
    data: { runId, day, number: revision + 1, comment, authorId, createdAt: new Date(now) },
  });
}
