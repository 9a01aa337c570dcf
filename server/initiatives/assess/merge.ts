import type { Prisma } from "../../platform/db.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import { announceInitiative } from "../announce-initiative.ts";
import type { State } from "../contract.ts";
import { type LockedInitiative, lockInitiative } from "../lock-initiative.ts";
import { makeMove } from "../make-move.ts";
import { VOTABLE } from "../moves.ts";
import { refuse } from "../refuse.ts";
import { countVotes } from "../votes/count-votes.ts";
import type { Decision } from "./decide.ts";

const VOTABLE_STATES: readonly State[] = VOTABLE;

/** Joins a duplicate to another initiative: the votes are counted there, each member once. No vote moves, so it can be undone. */
export async function merge(db: PrismaClient, input: Decision & { into: number }): Promise<void> {
  const { id, into, actor, now, rules, reason } = input;
  if (id === into) {
    throw refuse("cannot-merge");
  }
  await db.$transaction(async (tx) => {
    const { initiative, other } = await lockBoth(tx, id, into);
    if (!VOTABLE_STATES.includes(other.state)) {
      throw refuse("cannot-merge");
    }
    const set = {
      stateBefore: initiative.state,
      duplicateOfId: into,
      duplicateOfVersion: other.version,
      triageDueAt: null,
    };
    // The tally needs the merge, and the decision must come last: so the columns are set before the move.
    await tx.initiative.update({
      where: { id },
      data: { ...set, state: "duplicate" },
      select: { id: true },
    });
    await countVotes(tx, { id: into, now });
    await announceInitiative(tx, into);
    const data = { into, otherVersion: other.version };
    await makeMove(tx, { initiative, name: "merge", actor, now, rules, reason, set, data });
  });
}

/** Takes a merge back: both count their own votes again. */
export async function unmerge(db: PrismaClient, input: Decision): Promise<void> {
  const { id, actor, now, rules, reason } = input;
  const found = await db.initiative.findUnique({ where: { id }, select: { duplicateOfId: true } });
  const into = found?.duplicateOfId;
  if (into === null || into === undefined) {
    throw refuse(found === null ? "not-found" : "wrong-state", { state: "open" });
  }
  await db.$transaction(async (tx) => {
    const { initiative } = await lockBoth(tx, id, into);
    if (initiative.duplicateOfId !== into) {
      throw refuse("wrong-state", { state: initiative.state });
    }
    const set = { duplicateOfId: null, duplicateOfVersion: null, stateBefore: null };
    const before = initiative.stateBefore ?? "open";
    await tx.initiative.update({
      where: { id },
      data: { ...set, state: before },
      select: { id: true },
    });
    for (const changed of [into, id]) {
      await countVotes(tx, { id: changed, now });
      await announceInitiative(tx, changed);
    }
    const data = { apartFrom: into };
    await makeMove(tx, { initiative, name: "unmerge", actor, now, rules, reason, set, data });
  });
}

/** Always in the order of their numbers, so that two merges at once cannot wait for each other. */
async function lockBoth(
  tx: Prisma.TransactionClient,
  id: number,
  into: number,
): Promise<{ initiative: LockedInitiative; other: LockedInitiative }> {
  const first = await lockInitiative(tx, Math.min(id, into));
  const second = await lockInitiative(tx, Math.max(id, into));
  return id < into ? { initiative: first, other: second } : { initiative: second, other: first };
}
