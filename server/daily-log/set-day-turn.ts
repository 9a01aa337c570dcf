import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { DayTurn, SetDayTurn } from "./contract.ts";

/** Says when the run's day ends from now on; days that are written stay as they are. Throws `not_found`. */
export async function setDayTurn(db: Db, { runId, turn }: SetDayTurn): Promise<DayTurn> {
  const { count } = await db.run.updateMany({
    where: { id: runId },
    data: { dayTimeZone: turn.timeZone, dayHour: turn.hour },
  });
  if (count === 0) {
    throw new AppError("not_found", "There is no such run. The list of runs names them all.");
  }
  return turn;
}
