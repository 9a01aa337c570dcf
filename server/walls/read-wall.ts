import type { Db } from "../platform/db.ts";
import { type SavedWall, WallLayout } from "./contract.ts";

type Input = { runId: string; memberId: string };

/** The member's arrangement of a run's panels; null where none is kept, or none that is still understood. */
export async function readWall(db: Db, { runId, memberId }: Input): Promise<SavedWall> {
  const row = await db.wallLayout.findUnique({
    where: { memberId_runId: { memberId, runId } },
    select: { layout: true, savedAt: true },
  });
  const layout = WallLayout.safeParse(row?.layout);
  return layout.success
    ? { layout: layout.data, savedAt: row?.savedAt.getTime() ?? null }
    : { layout: null, savedAt: null };
}
