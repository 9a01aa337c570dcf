import type { Db } from "../platform/db.ts";

/** Takes back what was told about a subject that has been hidden: it is no longer shown, nor mailed. */
export async function withdrawNotifications(
  tx: Db,
  subject: { type: string; id: string },
): Promise<void> {
  await tx.notification.updateMany({
    where: { subjectType: subject.type, subjectId: subject.id, withdrawnAt: null },
    data: { withdrawnAt: new Date() },
  });
}
