import type { MemberActor } from "../../auth/actor.ts";
import type { Prisma } from "../../platform/db.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import type { Rules } from "../check-requirement.ts";
import type { Decide, State } from "../contract.ts";
import { type LockedInitiative, lockInitiative } from "../lock-initiative.ts";
import { makeMove } from "../make-move.ts";
import { type MoveName, moveOf } from "../moves.ts";
import { refuse } from "../refuse.ts";
import { countVotes } from "../votes/count-votes.ts";

export type Decision = Decide & { actor: MemberActor; now: number; rules: Rules };

/** The moves that need a reason and nothing else. */
export const PLAIN_MOVES = [
  "take-up",
  "open-comment",
  "decline",
  "withdraw",
  "defer",
  "resume",
] as const;
export type PlainMove = (typeof PLAIN_MOVES)[number];

const DAY_MS = 86_400_000;

/** What changes with the state. */
function setFor(
  name: MoveName,
  { initiative, now, rules }: { initiative: LockedInitiative; now: number; rules: Rules },
): Prisma.InitiativeUncheckedUpdateInput {
  if (name === "open-comment") {
    return { commentEndsAt: new Date(now + rules.commentDays * DAY_MS) };
  }
  if (name === "defer") {
    return { stateBefore: initiative.state, triageDueAt: null };
  }
  return name === "take-up" ? {} : { triageDueAt: null };
}

/** Takes up, opens final comment, declines, withdraws, defers or resumes. Votes stay where they are. */
export async function decide(
  db: PrismaClient,
  { name, ...input }: Decision & { name: PlainMove },
): Promise<State> {
  const { id, actor, now, rules, reason } = input;
  return await db.$transaction(async (tx) => {
    const initiative = await lockInitiative(tx, id);
    if (initiative.state === "draft" && initiative.authorId !== actor.memberId) {
      throw refuse("not-found");
    }
    const set = setFor(name, { initiative, now, rules });
    return await makeMove(tx, { initiative, name, actor, now, rules, reason, set });
  });
}

/**
 * Signs an approval. The first signature waits; the second, by another person, approves, if final comment is over, no
 * concern is open, and the week's GPU hours suffice. Both must be allowed to decide, and neither may be the author.
 */
export async function approve(db: PrismaClient, input: Decision): Promise<State> {
  const { id, actor, now, rules, reason } = input;
  return await db.$transaction(async (tx) => {
    const initiative = await lockInitiative(tx, id);
    const { state, version, authorId } = initiative;
    if (state !== "final-comment") {
      throw refuse("wrong-state", { state });
    }
    const movers: readonly string[] = moveOf("approve").by;
    if (!actor.roles.some((role) => movers.includes(role))) {
      throw refuse("not-yours");
    }
    if (authorId === actor.memberId) {
      throw refuse("own-proposal");
    }
    const signed = await tx.initiativeApproval.createMany({
      data: [
        { initiativeId: id, version, memberId: actor.memberId, reason, createdAt: new Date(now) },
      ],
      skipDuplicates: true,
    });
    if (signed.count === 0) {
      throw refuse("already-approved");
    }
    const signatures = await tx.initiativeApproval.count({ where: { initiativeId: id, version } });
    if (signatures < 2) {
      return state;
    }
    const { eligible, cast } = await countVotes(tx, { id, now });
    const data = { gpuHours: initiative.gpuHours ?? 0, eligible, cast };
    return await makeMove(tx, { initiative, name: "approve", actor, now, rules, reason, data });
  });
}
