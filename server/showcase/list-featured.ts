import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { completeItems, ITEM_ROW } from "./complete-items.ts";
import type { ShowcaseItem } from "./contract.ts";

const MOST = 4;

/** For the home page: what an admin featured, newest first; while that is little, what has most hearts beside it. */
export async function listFeatured(
  db: PrismaClient,
  memberId: string | null,
): Promise<ShowcaseItem[]> {
  const rows = await db.showcase.findMany({
    where: { state: "visible" },
    orderBy: [{ featuredAt: { sort: "desc", nulls: "last" } }, { hearts: "desc" }, { id: "desc" }],
    take: MOST,
    select: ITEM_ROW,
  });
  return await completeItems(db, rows, memberId);
}
