import type { Db, Prisma } from "../platform/db.ts";
import { NOTIFICATION_CHANNEL, type NotificationData, type NotificationKind } from "./contract.ts";

export type NotifyInput<K extends NotificationKind> = {
  memberIds: readonly string[];
  kind: K;
  /** `url` is a path without the language: /forum/t/12#p-3 */
  subject: { type: string; id: string; url: string };
  data: NotificationData<K>;
};

/**
 * Tells members something, within the caller's transaction: rows now, their open pages when it commits. Deleted members
 * and those who muted the kind are left out. Returns how many were told.
 */
export async function notifyMembers<K extends NotificationKind>(
  tx: Db,
  { memberIds, kind, subject, data }: NotifyInput<K>,
): Promise<number> {
  const asked = [...new Set(memberIds)];
  if (asked.length === 0) {
    return 0;
  }
  const told = await tx.member.findMany({
    where: { id: { in: asked }, deletedAt: null, mutes: { none: { kind, medium: "app" } } },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  const { type, id, url } = subject;
  await tx.notification.createMany({
    data: told.map((member) => ({
      memberId: member.id,
      kind,
      subjectType: type,
      subjectId: id,
      url,
      data: data as Prisma.InputJsonObject,
    })),
  });
  const ids = told.map((member) => member.id);
  await tx.$executeRaw`select pg_notify(${NOTIFICATION_CHANNEL}, id) from unnest(${ids}::text[]) id`;
  return ids.length;
}
