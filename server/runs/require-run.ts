import type { Db } from "../platform/db.ts";
import { unknownRun } from "../run-log/run-row.ts";

/** Throws `not_found` unless the run exists: an empty list and a wrong id must not look alike. */
export async function requireRun(db: Db, id: string): Promise<{ id: string; attempt: number }> {
  const run = await db.run.findUnique({ where: { id }, select: { id: true, attempt: true } });
  if (run === null) {
    throw unknownRun(id);
  }
  return run;
}
