import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import { announceInitiative } from "../announce-initiative.ts";
import { lockInitiative } from "../lock-initiative.ts";
import { countVotes } from "./count-votes.ts";

const AT_ONCE = 200;

/**
 * Counts every open initiative again: accounts grow old enough, gain or lose trust, or are deleted without anybody
 * voting. Returns how many tallies changed.
 */
export async function recountVotes(db: PrismaClient, now: number): Promise<number> {
  let changed = 0;
  let after = 0;
  for (;;) {
    const rows = await db.initiative.findMany({
      where: { stage: "open", id: { gt: after } },
      orderBy: { id: "asc" },
      take: AT_ONCE,
      select: { id: true, cast: true, eligible: true },
    });
    for (const row of rows) {
      changed += (await recount(db, row.id, now)) ? 1 : 0;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < AT_ONCE) {
      return changed;
    }
    after = last.id;
  }
}

async function recount(db: PrismaClient, id: number, now: number): Promise<boolean> {
  return await db.$transaction(async (tx) => {
    await lockInitiative(tx, id);
    const before = await tx.initiative.findUniqueOrThrow({
      where: { id },
      select: { cast: true, eligible: true },
    });
    const tally = await countVotes(tx, { id, now });
    const moved = tally.cast !== before.cast || tally.eligible !== before.eligible;
    if (moved) {
      await announceInitiative(tx, id);
    }
    return moved;
  });
}
