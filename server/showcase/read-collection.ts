import { MEMBER_REF, toMemberRef } from "../auth/member-ref.ts";
import type { Db } from "../platform/db.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { completeItems, ITEM_ROW } from "./complete-items.ts";
import type { Collection, CollectionList, ShowcaseItem, Stage } from "./contract.ts";
import { type Candidate, listCandidates } from "./list-candidates.ts";
import { freezesAt } from "./month.ts";

type Asked = { month: string; memberId: string | null };

/** A month's collection, frozen or being made. What was taken out of the showcase since is left out. */
export async function readCollection(
  db: PrismaClient,
  { month, memberId }: Asked,
): Promise<Collection> {
  const found = await db.showcaseCollection.findUnique({
    where: { month },
    include: { picks: { orderBy: [{ place: "asc" }, { pickedAt: "asc" }] } },
  });
  const frozenAt = found?.frozenAt ?? null;
  const candidates = frozenAt === null ? await listCandidates(db, month) : [];
  const picks = found?.picks ?? [];
  const ids = [...picks.map(({ showcaseId }) => showcaseId), ...candidates.map(({ id }) => id)];
  const [items, curators] = await Promise.all([
    readItems(db, ids, memberId),
    db.member.findMany({
      where: { id: { in: picks.map(({ curatorId }) => curatorId) } },
      select: MEMBER_REF,
    }),
  ]);
  return {
    ...{ month, frozenAt: frozenAt?.getTime() ?? null, freezesAt: freezesAt(month) },
    picks: picks.flatMap(({ showcaseId, curatorId, reason, conflict, ...pick }) => {
      const item = items.get(showcaseId);
      const curator = curators.find(({ id }) => id === curatorId);
      const place = candidates.findIndex(({ id }) => id === showcaseId);
      const now = candidates[place];
      return item === undefined || curator === undefined
        ? []
        : [
            {
              ...{ reason, conflict, curator: toMemberRef(curator), item },
              place: frozenAt === null ? place + 1 : pick.place,
              hearts: now?.hearts ?? pick.hearts,
              stage: (frozenAt === null ? item.stage : pick.stage) as Stage,
            },
          ];
    }),
    candidates: unpicked(candidates, picks, items),
  };
}

function unpicked(
  candidates: Candidate[],
  picks: { showcaseId: number }[],
  items: Map<number, ShowcaseItem>,
): Collection["candidates"] {
  return candidates.flatMap(({ id, hearts }) => {
    const item = items.get(id);
    return item === undefined || picks.some(({ showcaseId }) => showcaseId === id)
      ? []
      : [{ hearts, item }];
  });
}

async function readItems(
  db: Db,
  ids: number[],
  memberId: string | null,
): Promise<Map<number, ShowcaseItem>> {
  const rows = await db.showcase.findMany({
    where: { id: { in: ids }, state: "visible" },
    select: ITEM_ROW,
  });
  const items = await completeItems(db, rows, memberId);
  return new Map(items.map((item) => [item.id, item]));
}

/** All months that have a collection, newest first. */
export async function listCollections(db: Db): Promise<CollectionList> {
  const rows = await db.showcaseCollection.findMany({
    orderBy: { month: "desc" },
    include: { _count: { select: { picks: true } } },
  });
  return {
    collections: rows.map(({ month, frozenAt, _count }) => ({
      ...{ month, frozenAt: frozenAt?.getTime() ?? null, picks: _count.picks },
    })),
  };
}
