import type { Db } from "../platform/db.ts";

export async function dropDraft(
  db: Db,
  key: { memberId: string; place: string },
): Promise<{ done: true }> {
  await db.forumDraft.deleteMany({ where: key });
  return { done: true };
}
