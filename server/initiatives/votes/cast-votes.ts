import type { Db, Prisma } from "../../platform/db.ts";
import type { AppError } from "../../platform/errors.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import { announceInitiative } from "../announce-initiative.ts";
import type { VoteAnswer } from "../contract.ts";
import { type LockedInitiative, lockInitiative } from "../lock-initiative.ts";
import { VOTABLE } from "../moves.ts";
import { refuse } from "../refuse.ts";
import { countVotes } from "./count-votes.ts";

/** What one member wants, in the order in which it came. */
export type CastVote = { memberId: string; on: boolean; anonymous: boolean; now: number };
type Votes = { id: number; wishes: readonly CastVote[] };

/** Many may wait for the same initiative at once: better late than refused. */
const PATIENCE = { maxWait: 20_000, timeout: 20_000 };

/** Writes votes for one initiative and counts them once; each is answered or refused for itself. */
export async function castVotes(
  db: PrismaClient,
  { id, wishes }: Votes,
): Promise<(VoteAnswer | AppError)[]> {
  return await db.$transaction(async (tx) => {
    const initiative = await lockInitiative(tx, id);
    const refusals = wishes.map(({ now }) => refusalOf(initiative, now));
    // Of two wishes of one member the later one holds.
    const last = new Map(
      wishes
        .filter((_, index) => refusals[index] === null)
        .map((wish) => [wish.memberId, wish] as const),
    );
    const taken = [...last.values()];
    if (taken.length === 0) {
      return refusals.flatMap((refusal) => (refusal === null ? [] : [refusal]));
    }
    await give(
      tx,
      initiative,
      taken.filter(({ on }) => on),
    );
    await withdraw(
      tx,
      id,
      taken.filter(({ on }) => !on),
    );
    const tally = await countVotes(tx, { id, now: Math.max(...taken.map(({ now }) => now)) });
    await announceInitiative(tx, id);
    return wishes.map(({ on }, index) => refusals[index] ?? { ...tally, voted: on });
  }, PATIENCE);
}

async function give(
  tx: Prisma.TransactionClient,
  { id, version }: LockedInitiative,
  wishes: readonly CastVote[],
): Promise<void> {
  if (wishes.length === 0) {
    return;
  }
  const memberIds = wishes.map(({ memberId }) => memberId);
  const anonymous = wishes.map((wish) => wish.anonymous);
  const castAt = wishes.map(({ now }) => new Date(now));
  await tx.$executeRaw`
    insert into "InitiativeVote" ("initiativeId", "memberId", version, anonymous, "castAt")
    select ${id}, member, ${version}, hidden, at
    from unnest(${memberIds}::text[], ${anonymous}::boolean[], ${castAt}::timestamptz[]) as given (member, hidden, at)
    on conflict ("initiativeId", "memberId") do update
      set version = excluded.version, anonymous = excluded.anonymous, "castAt" = excluded."castAt"
      where "InitiativeVote".version <> excluded.version or "InitiativeVote".anonymous <> excluded.anonymous`;
}

/** Also what was given to an initiative that was joined to this one: otherwise it would go on counting here. */
async function withdraw(tx: Db, id: number, wishes: readonly CastVote[]): Promise<void> {
  if (wishes.length === 0) {
    return;
  }
  const memberIds = wishes.map(({ memberId }) => memberId);
  await tx.$executeRaw`
    with recursive family as (
      select id from "Initiative" where id = ${id}
      union all
      select other.id from "Initiative" other join family on other."duplicateOfId" = family.id
    )
    delete from "InitiativeVote" where "memberId" = any(${memberIds}) and "initiativeId" in (select id from family)`;
}

function refusalOf(initiative: LockedInitiative, now: number): AppError | null {
  const { state, commentEndsAt, duplicateOfId } = initiative;
  if (state === "duplicate") {
    return refuse("vote-elsewhere", { other: duplicateOfId ?? 0 });
  }
  const votable: readonly string[] = VOTABLE;
  const over =
    state === "final-comment" && commentEndsAt !== null && commentEndsAt.getTime() <= now;
  return votable.includes(state) && !over ? null : refuse("voting-closed");
}
