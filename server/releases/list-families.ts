import type { Db } from "../platform/db.ts";
import type { FamilyItem, FamilyList } from "./contract.ts";
import { offered, RELEASE_ITEM, toReleaseItem } from "./release-item.ts";

/** Every line of models with what it offers now; those with the newest releases first. */
export async function listFamilies(db: Db): Promise<FamilyList> {
  const rows = await db.modelFamily.findMany({
    select: { id: true, title: true, summary: true, releases: { select: RELEASE_ITEM } },
    orderBy: { createdAt: "asc" },
  });
  const counts = await countDownloads(
    db,
    rows.flatMap(({ releases }) => releases.map(({ id }) => id)),
  );
  const families = rows.map((row): FamilyItem => {
    const releases = row.releases.map(toReleaseItem);
    return {
      id: row.id,
      title: row.title,
      summary: row.summary as FamilyItem["summary"],
      current: offered(releases),
      releases: releases.filter(({ publishedAt }) => publishedAt !== null).length,
      downloads: releases.reduce((sum, { id }) => sum + (counts.get(id) ?? 0), 0),
    };
  });
  const time = ({ current }: FamilyItem) => current?.publishedAt ?? 0;
  return { families: families.toSorted((a, b) => time(b) - time(a)) };
}

async function countDownloads(db: Db, ids: string[]): Promise<Map<string, number>> {
  const rows = await db.downloadCount.groupBy({
    by: ["subjectId"],
    where: { subjectId: { in: ids } },
    _sum: { count: true },
  });
  return new Map(rows.map(({ subjectId, _sum }) => [subjectId, _sum.count ?? 0]));
}
