import type { Db } from "../platform/db.ts";
import { COLLECTION_RULE } from "./contract.ts";
import { monthSpan } from "./month.ts";

export type Candidate = { id: number; hearts: number; stage: string; authorId: string };

/**
 * A month's list by the published rule: the visible applications with most hearts given in that month by members with a
 * confirmed address; of two with as many, the one that had its last heart earlier.
 */
export async function listCandidates(db: Db, month: string): Promise<Candidate[]> {
  const { from, to } = monthSpan(month);
  return await db.$queryRaw<Candidate[]>`
    select s.id, s.stage, s."authorId", count(*)::int as hearts
    from "ShowcaseHeart" h
    join "Showcase" s on s.id = h."showcaseId" and s.state = 'visible'
    join "Member" m on m.id = h."memberId" and m."emailVerifiedAt" is not null and m."deletedAt" is null
    where h."createdAt" >= ${from} and h."createdAt" < ${to}
    group by s.id
    order by hearts desc, max(h."createdAt"), s.id
    limit ${COLLECTION_RULE.listed}`;
}
