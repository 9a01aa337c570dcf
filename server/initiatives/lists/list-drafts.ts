import type { Db } from "../../platform/db.ts";

const MOST = 50;

/** What a member has begun to propose, the last touched first. */
export async function listDrafts(db: Db, authorId: string) {
  const rows = await db.initiative.findMany({
    where: { authorId, state: "draft" },
    orderBy: { id: "desc" },
    take: MOST,
    select: { id: true, title: true, updatedAt: true },
  });
  return {
    drafts: rows.map(({ id, title, updatedAt }) => ({ id, title, updatedAt: updatedAt.getTime() })),
  };
}
