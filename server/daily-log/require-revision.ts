import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { SignDailyLog } from "./contract.ts";

/** Says why a day's log could not be written: there is none (`not_found`), or it has moved on (`conflict`). */
export async function requireRevision(db: Db, { runId, day, revision }: SignDailyLog) {
  const log = await db.dailyLog.findUnique({
    where: { runId_day: { runId, day } },
    select: { revision: true },
  });
  if (log === null) {
    throw new AppError("not_found", `This run has no log of ${day}. The calendar names its days.`);
  }
  if (log.revision !== revision) {
    throw new AppError(
      "conflict",
      `Somebody wrote revision ${log.revision} of this log in the meantime. Read it and try again.`,
    );
  }
}
