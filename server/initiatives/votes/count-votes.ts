import type { Db } from "../../platform/db.ts";
import { ELIGIBILITY, HOT_SECONDS, type Tally } from "../contract.ts";

const DAY_MS = 86_400_000;

/**
 * Counts the votes for the current version, and writes tally and ranking. Counted, never incremented: a merge, a
 * withdrawal or a deleted account cannot make it drift. Each member counts once, however many joined initiatives
 * they voted for. Call it with the initiative's row locked.
 */
export async function countVotes(tx: Db, { id, now }: { id: number; now: number }): Promise<Tally> {
  const oldest = new Date(now - ELIGIBILITY.accountDays * DAY_MS);
  const [tally] = await tx.$queryRaw<Tally[]>`
    with recursive family as (
      select id, version from "Initiative" where id = ${id}
      union all
      select other.id, other.version from "Initiative" other
      join family on other."duplicateOfId" = family.id and other."duplicateOfVersion" = family.version
    ), voters as (
      select distinct vote."memberId" as id from "InitiativeVote" vote
      join family on vote."initiativeId" = family.id and vote.version = family.version
    ), tally as (
      select count(*)::int as "cast",
        (count(*) filter (where member."emailVerifiedAt" is not null
          and member."createdAt" <= ${oldest} and member.trust >= ${ELIGIBILITY.trust}))::int as eligible
      from voters join "Member" member on member.id = voters.id and member."deletedAt" is null
    )
    update "Initiative" set "cast" = tally."cast", eligible = tally.eligible,
      hot = log(greatest(1, tally.eligible)) + coalesce(extract(epoch from "openedAt"), 0) / ${HOT_SECONDS}::float8
    from tally where "Initiative".id = ${id}
    returning "Initiative"."cast", "Initiative".eligible`;
  return tally ?? { cast: 0, eligible: 0 };
}
