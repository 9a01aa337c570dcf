import type { MemberActor } from "../../auth/actor.ts";
import { requireAllowed } from "../../auth/require-allowed.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import type { Rules } from "../check-requirement.ts";
import { CLOCKS, Proposal } from "../contract.ts";
import { lockInitiative } from "../lock-initiative.ts";
import { makeMove } from "../make-move.ts";
import { type OpenThread, THREAD_KIND } from "../open-thread.ts";
import { refuse } from "../refuse.ts";
import { countVotes } from "../votes/count-votes.ts";
import { indexInitiative } from "./index-initiative.ts";

const DAY_MS = 86_400_000;

type Publish = {
  id: number;
  actor: MemberActor;
  now: number;
  rules: Rules;
  openThread: OpenThread;
};

/** Opens a draft for votes; the triage clock starts. Refuses a template with gaps, and data without its sheet. */
export async function publish(
  db: PrismaClient,
  { id, actor, now, rules, openThread }: Publish,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const initiative = await lockInitiative(tx, id);
    if (initiative.authorId !== actor.memberId) {
      throw refuse("not-found");
    }
    const draft = await tx.initiativeVersion.findUniqueOrThrow({
      where: { initiativeId_number: { initiativeId: id, number: initiative.version } },
      select: { title: true, text: true },
    });
    const { category, title } = initiative;
    const proposal = requireProposal({ ...(draft.text as object), category, title });
    requireAllowed(actor, proseOf(proposal));
    await tx.initiativeVersion.update({
      where: { initiativeId_number: { initiativeId: id, number: initiative.version } },
      data: { createdAt: new Date(now) },
      select: { number: true },
    });
    await indexInitiative(tx, { id, authorId: actor.memberId, proposal, now });
    await openThread(tx, { kind: THREAD_KIND, id: String(id), title, authorId: actor.memberId });
    await makeMove(tx, {
      ...{ initiative, actor, now, rules },
      name: "publish",
      reason: "Published by its author.",
      set: {
        openedAt: new Date(now),
        triageDueAt: new Date(now + CLOCKS.triageDays * DAY_MS),
      },
    });
    await countVotes(tx, { id, now });
  });
}

/** What its readers will read, as one text. */
export const proseOf = ({ problem, proposal, effect, measure }: Proposal): string =>
  [problem, proposal, effect, measure].join("\n");

/** The whole template, or the refusal that names what is missing. */
export function requireProposal(text: unknown): Proposal {
  const parsed = Proposal.safeParse(text);
  if (!parsed.success) {
    const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join(".")))];
    throw refuse("incomplete", { fields: fields.join(", ") });
  }
  if (parsed.data.category === "data" && parsed.data.data === null) {
    throw refuse("needs-data-sheet");
  }
  return parsed.data;
}
