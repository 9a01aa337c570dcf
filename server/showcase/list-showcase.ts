import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { completeItems, ITEM_ROW } from "./complete-items.ts";
import { type ListShowcase, PAGE_LENGTH, type ShowcaseList } from "./contract.ts";
import { isByLot, monthOf, monthSpan } from "./month.ts";

type Asked = ListShowcase & { memberId: string | null; now: number };
type Ordered = { id: number };

/** Visible applications. By hearts of the running month, which in its first hours are too few to say anything: by lot then. */
export async function listShowcase(db: PrismaClient, input: Asked): Promise<ShowcaseList> {
  const byLot = input.order === "month" && isByLot(input.now);
  const ordered = await orderedIds(db, { ...input, byLot });
  const ids = ordered.slice(0, PAGE_LENGTH).map(({ id }) => id);
  const rows = await db.showcase.findMany({ where: { id: { in: ids } }, select: ITEM_ROW });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const items = await completeItems(
    db,
    ids.flatMap((id) => byId.get(id) ?? []),
    input.memberId,
  );
  return { items, more: ordered.length > PAGE_LENGTH, byLot };
}

async function orderedIds(
  db: PrismaClient,
  { order, page, byLot, now, ...asked }: Asked & { byLot: boolean },
): Promise<Ordered[]> {
  const { stage, tag } = { stage: asked.stage ?? null, tag: asked.tag ?? null };
  const { from } = monthSpan(monthOf(now));
  // Stable within the hour, so that a page goes on where the one before ended.
  const lot = byLot ? new Date(now).toISOString().slice(0, 13) : "";
  return await db.$queryRaw<Ordered[]>`
    select s.id from "Showcase" s
    left join lateral (
      select count(*) as given from "ShowcaseHeart" h
      where h."showcaseId" = s.id and h."createdAt" >= ${from} and ${order} = 'month' and ${lot} = ''
    ) month on true
    where s.state = 'visible' and (${stage}::text is null or s.stage = ${stage})
      and (${tag}::text is null or ${tag} = any (s.tags))
    order by case when ${lot} <> '' then md5(${lot} || s.id::text) end, month.given desc,
      case when ${order} = 'newest' then 0 else s.hearts end desc, s.id desc
    limit ${PAGE_LENGTH + 1} offset ${(page - 1) * PAGE_LENGTH}`;
}
