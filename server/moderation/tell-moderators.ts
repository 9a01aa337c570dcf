import { notifyMembers } from "../notifications/notify-members.ts";
import { withdrawNotifications } from "../notifications/withdraw-notifications.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";

const QUEUE = { type: "queue", id: "open" };

/** Tells moderators that posts wait, when some came since they were last told; the former word is taken back. */
export async function tellModerators(db: PrismaClient): Promise<number> {
  return await db.$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('moderation/tell', 0))`;
    const last = await tx.notification.findFirst({
      where: { subjectType: QUEUE.type, subjectId: QUEUE.id },
      orderBy: { id: "desc" },
      select: { createdAt: true },
    });
    const open = { state: "open" };
    const fresh = await tx.moderationCase.count({
      where: { ...open, ...(last === null ? {} : { openedAt: { gt: last.createdAt } }) },
    });
    if (fresh === 0) {
      return 0;
    }
    const moderators = await tx.memberRole.findMany({
      where: { role: "moderator" },
      select: { memberId: true },
    });
    await withdrawNotifications(tx, QUEUE);
    return await notifyMembers(tx, {
      memberIds: moderators.map(({ memberId }) => memberId),
      kind: "review-waiting",
      subject: { ...QUEUE, url: "/moderation/queue" },
      data: { count: await tx.moderationCase.count({ where: open }) },
    });
  });
}
