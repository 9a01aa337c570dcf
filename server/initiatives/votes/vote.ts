import type { MemberActor } from "../../auth/actor.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import type { Vote, VoteAnswer } from "../contract.ts";
import { type CastVote, castVotes } from "./cast-votes.ts";

type Waiting = CastVote & {
  done: (answer: VoteAnswer) => void;
  fail: (error: unknown) => void;
};

/** A vote takes its place in a transaction of at most this many. */
const AT_ONCE = 500;

const queues = new WeakMap<PrismaClient, Map<number, Waiting[]>>();

/**
 * Gives a member's vote to the current version, or takes it back. Sending it twice changes nothing. Votes for the same
 * initiative need its row one after another; so those that come while one is being written share the next transaction,
 * and a crowd waits for a few of them instead of each for all before it.
 */
export async function vote(
  db: PrismaClient,
  { id, on, anonymous, actor, now }: Vote & { actor: MemberActor; now: number },
): Promise<VoteAnswer> {
  const ofDb = queues.get(db) ?? new Map<number, Waiting[]>();
  queues.set(db, ofDb);
  return await new Promise((done, fail) => {
    const wish = { memberId: actor.memberId, on, anonymous, now, done, fail };
    const queue = ofDb.get(id);
    if (queue !== undefined) {
      queue.push(wish);
      return;
    }
    const own = [wish];
    ofDb.set(id, own);
    void castAll(db, { id, queue: own, end: () => ofDb.delete(id) });
  });
}

type Queue = { id: number; queue: Waiting[]; end: () => void };

/** Until nobody waits any more; the queue ends in the same breath, so that nobody joins one that is left. */
async function castAll(db: PrismaClient, { id, queue, end }: Queue): Promise<void> {
  while (queue.length > 0) {
    const wishes = queue.splice(0, AT_ONCE);
    try {
      const outcomes = await castVotes(db, { id, wishes });
      for (const [index, { done, fail }] of wishes.entries()) {
        const outcome = outcomes[index];
        if (outcome !== undefined && "cast" in outcome) {
          done(outcome);
        } else {
          fail(outcome);
        }
      }
    } catch (error) {
      for (const { fail } of wishes) {
        fail(error);
      }
    }
  }
  end();
}
