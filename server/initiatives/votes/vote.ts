import type { MemberActor } from "../../auth/actor.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import { announceInitiative } from "../announce-initiative.ts";
import type { Vote, VoteAnswer } from "../contract.ts";
import { type LockedInitiative, lockInitiative } from "../lock-initiative.ts";
import { VOTABLE } from "../moves.ts";
import { refuse } from "../refuse.ts";
import { countVotes } from "./count-votes.ts";

type CastVote = Vote & { actor: MemberActor; now: number };

/** Many may wait for the same initiative at once: better late than refused. */
const PATIENCE = { maxWait: 20_000, timeout: 20_000 };

/** Gives a member's vote to the current version, or takes it back. Sending it twice changes nothing. */
export async function vote(db: PrismaClient, input: CastVote): Promise<VoteAnswer> {
  const { id, on, anonymous, actor, now } = input;
  return await db.$transaction(async (tx) => {
    const initiative = await lockInitiative(tx, id);
    requireOpen(initiative, now);
    const { memberId } = actor;
    if (on) {
      await tx.$executeRaw`
        insert into "InitiativeVote" ("initiativeId", "memberId", version, anonymous, "castAt")
        values (${id}, ${memberId}, ${initiative.version}, ${anonymous}, ${new Date(now)})
        on conflict ("initiativeId", "memberId") do update
          set version = excluded.version, anonymous = excluded.anonymous, "castAt" = excluded."castAt"
          where "InitiativeVote".version <> excluded.version or "InitiativeVote".anonymous <> excluded.anonymous`;
    } else {
      // Also what was given to an initiative that was joined to this one: otherwise it would go on counting here.
      await tx.$executeRaw`
        with recursive family as (
          select id from "Initiative" where id = ${id}
          union all
          select other.id from "Initiative" other join family on other."duplicateOfId" = family.id
        )
        delete from "InitiativeVote" where "memberId" = ${memberId} and "initiativeId" in (select id from family)`;
    }
    const tally = await countVotes(tx, { id, now });
    await announceInitiative(tx, id);
    return { ...tally, voted: on };
  }, PATIENCE);
}

function requireOpen(initiative: LockedInitiative, now: number): void {
  const { state, commentEndsAt, duplicateOfId } = initiative;
  if (state === "duplicate") {
    throw refuse("vote-elsewhere", { other: duplicateOfId ?? 0 });
  }
  const votable: readonly string[] = VOTABLE;
  const over =
    state === "final-comment" && commentEndsAt !== null && commentEndsAt.getTime() <= now;
  if (!votable.includes(state) || over) {
    throw refuse("voting-closed");
  }
}
