import type { Db } from "../platform/db.ts";

/** Tells a member nothing more of a run; what waits to be told is dropped too. */
export async function removeAlerts(
  db: Db,
  { runId, memberId }: { runId: string; memberId: string },
): Promise<void> {
  await db.alertSubscription.deleteMany({ where: { runId, memberId } });
}
