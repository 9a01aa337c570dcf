import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { Calendar, DayFigures } from "./contract.ts";

/** Every day that a run has a log of, oldest first, and when its day turns. Throws `not_found` for an unknown run. */
export async function readCalendar(db: Db, { runId }: { runId: string }): Promise<Calendar> {
  const run = await db.run.findUnique({
    where: { id: runId },
    select: {
      dayTimeZone: true,
      dayHour: true,
      dailyLogs: {
        select: { day: true, figures: true, eventCount: true, signedAt: true },
        orderBy: { day: "asc" },
      },
    },
  });
  if (run === null) {
    throw new AppError("not_found", "There is no such run. The list of runs names them all.");
  }
  return {
    turn: { timeZone: run.dayTimeZone, hour: run.dayHour },
    days: run.dailyLogs.map(({ day, figures, eventCount, signedAt }) => ({
      day,
      lossEnd: (figures as DayFigures).lossEnd,
      eventCount,
      signed: signedAt !== null,
    })),
  };
}
