import type { Db } from "../../platform/db.ts";
import { ELIGIBILITY, type Voters } from "../contract.ts";

const DAY_MS = 86_400_000;
const PAGE = 100;

type Row = { id: string; name: string; eligible: boolean; castAt: Date };
type Asked = { id: number; now: number; next?: string | undefined };

/** Who voted for the current version, by name; those who asked not to be named are a number. */
export async function readVoters(db: Db, { id, now, next }: Asked): Promise<Voters> {
  const oldest = new Date(now - ELIGIBILITY.accountDays * DAY_MS);
  const rows = await db.$queryRaw<Row[]>`
    select member.id, member.name, vote."castAt",
      (member."emailVerifiedAt" is not null and member."createdAt" <= ${oldest}
        and member.trust >= ${ELIGIBILITY.trust}) as eligible
    from "InitiativeVote" vote
    join "Initiative" initiative on initiative.id = vote."initiativeId" and initiative.version = vote.version
    join "Member" member on member.id = vote."memberId" and member."deletedAt" is null
    where vote."initiativeId" = ${id} and not vote.anonymous and vote."memberId" > ${next ?? ""}
    order by vote."memberId" limit ${PAGE + 1}`;
  const [hidden] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from "InitiativeVote" vote
    join "Initiative" initiative on initiative.id = vote."initiativeId" and initiative.version = vote.version
    join "Member" member on member.id = vote."memberId" and member."deletedAt" is null
    where vote."initiativeId" = ${id} and vote.anonymous`;
  const shown = rows.slice(0, PAGE);
  return {
    members: shown.map(({ name, eligible, castAt }) => ({
      ...{ name, eligible, castAt: castAt.getTime() },
    })),
    anonymous: hidden?.count ?? 0,
    next: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
  };
}
