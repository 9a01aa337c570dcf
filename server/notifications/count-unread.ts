import type { Db } from "../platform/db.ts";

const MOST = 100;

/** How many notifications a member has not read; counting stops at a hundred. */
export async function countUnread(
  db: Db,
  { memberId }: { memberId: string },
): Promise<{ count: number }> {
  const rows = await db.notification.findMany({
    where: { memberId, readAt: null, withdrawnAt: null },
    orderBy: { id: "desc" },
    take: MOST,
    select: { id: true },
  });
  return { count: rows.length };
}
