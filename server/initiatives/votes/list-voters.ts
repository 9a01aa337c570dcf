import type { Db } from "../../platform/db.ts";

/** Everybody who has voted for it in any version, or for what was joined to it. */
export async function listVoters(tx: Db, initiativeId: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ memberId: string }[]>`
    with recursive family as (
      select id from "Initiative" where id = ${initiativeId}
      union all
      select other.id from "Initiative" other join family on other."duplicateOfId" = family.id
    )
    select distinct "memberId" from "InitiativeVote" where "initiativeId" in (select id from family)`;
  return rows.map(({ memberId }) => memberId);
}
