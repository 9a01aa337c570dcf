import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { completeItems, ITEM_ROW } from "./complete-items.ts";
import type { ShowcaseDetail, ShowcaseLink, Stage } from "./contract.ts";
import { refuse } from "./refuse.ts";

type Asked = { id: number; memberId: string | null };

/** One application with its links, its way so far and the collections that it is in. */
export async function readShowcase(
  db: PrismaClient,
  { id, memberId }: Asked,
): Promise<ShowcaseDetail> {
  const row = await db.showcase.findFirst({
    where: { id, state: "visible" },
    select: {
      ...ITEM_ROW,
      body: true,
      usesId: true,
      links: { orderBy: { kind: "desc" } },
      stages: { orderBy: { id: "asc" } },
      picks: { where: { collection: { frozenAt: { not: null } } }, orderBy: { month: "desc" } },
    },
  });
  const thread = await db.forumThread.findFirst({
    where: { subjectKind: "showcase", subjectId: String(id) },
    select: { id: true },
  });
  const [item] = row === null ? [] : await completeItems(db, [row], memberId);
  if (row === null || item === undefined) {
    throw refuse("no-showcase");
  }
  return {
    ...item,
    ...{ body: row.body, usesId: row.usesId, threadId: thread?.id ?? null },
    links: row.links.map(({ kind, url, state, answer, checkedAt }) => ({
      ...{ url, answer, checkedAt: checkedAt?.getTime() ?? null },
      kind: kind as ShowcaseLink["kind"],
      state: state as ShowcaseLink["state"],
    })),
    stages: row.stages.map(({ stage, at }) => ({ stage: stage as Stage, at: at.getTime() })),
    picks: row.picks.map(({ month, place, reason }) => ({ month, place, reason })),
    mine: row.authorId === memberId,
  };
}
