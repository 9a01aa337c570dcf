import type { Db } from "../platform/db.ts";
import { ALERTS_SHOWN, toAlerts } from "./alert-row.ts";
import type { Alerts, AlertsList } from "./contract.ts";

type Mine = { memberId: string; key: Buffer };

/** Everything that a member wants to hear, the newest first. */
export async function listAlerts(db: Db, { memberId, key }: Mine): Promise<AlertsList> {
  const rows = await db.alertSubscription.findMany({
    where: { memberId },
    orderBy: { createdAt: "desc" },
    select: ALERTS_SHOWN,
  });
  return { alerts: rows.map((row) => toAlerts(row, key)) };
}

/** What a member wants to hear of one run; null: nothing. */
export async function readAlerts(
  db: Db,
  { runId, memberId, key }: Mine & { runId: string },
): Promise<Alerts | null> {
  const row = await db.alertSubscription.findUnique({
    where: { memberId_runId: { memberId, runId } },
    select: ALERTS_SHOWN,
  });
  return row === null ? null : toAlerts(row, key);
}
