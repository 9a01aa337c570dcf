import type { PrismaClient } from "../platform/prisma-client/client.ts";

const MOST = 5;
/** Among so many of the newest the liveliest are looked for. */
const LOOKED_AT = 100;

/** Threads that were opened since a moment and that everyone can read, the liveliest first. */
export async function listFresh(
  db: PrismaClient,
  since: Date,
): Promise<{ title: string; path: string }[]> {
  const rows = await db.forumThread.findMany({
    where: { state: "visible", subjectKind: null, createdAt: { gt: since } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: LOOKED_AT,
    select: { id: true, title: true, replies: true },
  });
  return rows
    .sort((a, b) => b.replies - a.replies)
    .slice(0, MOST)
    .map(({ id, title }) => ({ title, path: `/forum/t/${id}` }));
}
