import type { MemberActor } from "../../auth/actor.ts";
import { requireAllowed } from "../../auth/require-allowed.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import type { Rules } from "../check-requirement.ts";
import { CLOCKS, type Revise } from "../contract.ts";
import { lockInitiative } from "../lock-initiative.ts";
import { makeMove } from "../make-move.ts";
import { type OpenThread, THREAD_KIND } from "../open-thread.ts";
import { refuse } from "../refuse.ts";
import { countVotes } from "../votes/count-votes.ts";
import { indexInitiative } from "./index-initiative.ts";
import { proseOf, requireProposal } from "./publish.ts";

const DAY_MS = 86_400_000;

type Edit = Revise & {
  actor: MemberActor;
  now: number;
  rules: Rules;
  openThread: OpenThread;
};

/**
 * A material edit: a new version goes back to the open, its votes begin at nothing, and everybody who had voted is
 * asked again. What the version before had won stays visible with it.
 */
export async function revise(
  db: PrismaClient,
  { actor, now, rules, openThread, ...edit }: Edit,
): Promise<number> {
  return await db.$transaction(async (tx) => {
    const { id, version: edited, note, title, ...text } = edit;
    const initiative = await lockInitiative(tx, id);
    if (initiative.version !== edited) {
      throw refuse("another-version", { version: initiative.version });
    }
    const proposal = requireProposal({ ...text, title, category: initiative.category });
    requireAllowed(actor, proseOf(proposal));
    const final = await countVotes(tx, { id, now });
    await tx.initiativeVersion.update({
      where: { initiativeId_number: { initiativeId: id, number: edited } },
      data: final,
      select: { number: true },
    });
    const version = edited + 1;
    await tx.initiativeVersion.create({
      data: {
        ...{ initiativeId: id, number: version, title, text, note },
        ...{ editorId: actor.memberId, createdAt: new Date(now) },
      },
      select: { number: true },
    });
    await indexInitiative(tx, { id, authorId: initiative.authorId, proposal, now });
    const { authorId } = initiative;
    await openThread(tx, { kind: THREAD_KIND, id: String(id), title, authorId });
    await tx.initiative.update({
      where: { id },
      data: { version, title, gpuHours: null, commentEndsAt: null },
      select: { id: true },
    });
    // Before the move: what it records last holds the decision log until the end.
    await countVotes(tx, { id, now });
    await makeMove(tx, {
      ...{ initiative, actor, now, rules },
      name: "revise",
      reason: note,
      set: { triageDueAt: new Date(now + CLOCKS.triageDays * DAY_MS) },
      data: { version },
      told: { kind: "initiative-revised", data: { title } },
    });
    return version;
  });
}
