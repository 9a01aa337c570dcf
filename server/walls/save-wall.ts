import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { SavedWall, SaveWall } from "./contract.ts";

type Input = SaveWall & { memberId: string; now: number };

/** Keeps the member's arrangement; the last one saved stays. Throws `not_found` for an unknown run. */
export async function saveWall(db: Db, input: Input): Promise<SavedWall> {
  const { runId, memberId, layout, now } = input;
  if ((await db.run.count({ where: { id: runId } })) === 0) {
    throw new AppError("not_found", "There is no such run. Open it from the list of runs.");
  }
  const savedAt = new Date(now);
  await db.wallLayout.upsert({
    where: { memberId_runId: { memberId, runId } },
    create: { memberId, runId, layout, savedAt },
    update: { layout, savedAt },
  });
  return { layout, savedAt: now };
}
