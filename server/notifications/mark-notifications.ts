import type { Db } from "../platform/db.ts";
import { type MarkNotifications, NOTIFICATION_CHANNEL } from "./contract.ts";

type Marking = MarkNotifications & { memberId: string; now: number };

/** Marks one of a member's notifications as read, or all up to one; the member's other open pages hear of it. */
export async function markNotifications(
  db: Db,
  { memberId, id, upTo, now }: Marking,
): Promise<{ done: true }> {
  const { count } = await db.notification.updateMany({
    where: { memberId, readAt: null, id: upTo ? { lte: BigInt(id) } : BigInt(id) },
    data: { readAt: new Date(now) },
  });
  if (count > 0) {
    await db.$executeRaw`select pg_notify(${NOTIFICATION_CHANNEL}, ${memberId})`;
  }
  return { done: true };
}
