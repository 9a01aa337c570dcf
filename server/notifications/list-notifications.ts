import { z } from "zod";
import type { Db } from "../platform/db.ts";
import type { ListNotifications, NotificationList } from "./contract.ts";

const Data = z.record(z.string(), z.union([z.string(), z.number()]));

/** What a member was told, newest first; what was taken back is left out. */
export async function listNotifications(
  db: Db,
  { memberId, unread, limit, cursor }: ListNotifications & { memberId: string },
): Promise<NotificationList> {
  const rows = await db.notification.findMany({
    where: {
      ...{ memberId, withdrawnAt: null },
      ...(unread ? { readAt: null } : {}),
      ...(cursor === undefined ? {} : { id: { lt: BigInt(cursor) } }),
    },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const notifications = rows.slice(0, limit).map(({ id, kind, url, data, createdAt, readAt }) => ({
    ...{ id: String(id), kind, url, data: Data.parse(data) },
    createdAt: createdAt.getTime(),
    read: readAt !== null,
  }));
  return {
    notifications,
    next: rows.length > limit ? (notifications.at(-1)?.id ?? null) : null,
  };
}
