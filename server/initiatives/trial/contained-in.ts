import { readAuthors } from "../../auth/read-authors.ts";
import type { Db } from "../../platform/db.ts";
import { type AskContained, Category, type Contained, State } from "../contract.ts";
import { readRunLine } from "./read-run-line.ts";
import { changesAt } from "./run-line.ts";
import { foundIn } from "./standing-of.ts";

/**
 * The initiatives inside a model as a run had it after a step: their trials had begun on the way there and had not been
 * taken back. Attempts that were left behind do not count. Without an attempt the newest one is meant.
 */
export async function containedIn(db: Db, asked: AskContained): Promise<Contained> {
  const { runId, step } = asked;
  const line = await readRunLine(db, runId);
  const attempt = asked.attempt ?? line.attempts.at(-1)?.number ?? 0;
  const changes = changesAt(line, { attempt, step });
  const trials = await db.initiativeTrial.findMany({
    where: { runId, commandIds: { hasSome: changes.map(({ commandId }) => commandId) } },
    select: {
      ...{ id: true, hash: true, commandIds: true, undoIds: true },
      initiative: {
        select: {
          ...{ id: true, title: true, category: true, state: true, authorId: true },
          ...{ cast: true, eligible: true },
          assignments: {
            where: { acceptedAt: { not: null } },
            orderBy: { acceptedAt: "asc" },
            select: { memberId: true },
          },
        },
      },
    },
  });
  const inside = trials
    .flatMap((trial) => {
      const { since } = foundIn(changes, trial);
      return since === null ? [] : [{ ...trial, since }];
    })
    .sort((a, b) => a.since - b.since || a.initiative.id - b.initiative.id);
  const people = inside.flatMap(({ initiative }) => [
    initiative.authorId,
    ...initiative.assignments.map(({ memberId }) => memberId),
  ]);
  const member = await readAuthors(db, people);
  return {
    initiatives: inside.map(({ initiative, id: trialId, hash, since: fromStep }) => ({
      ...{ id: initiative.id, title: initiative.title, trialId, hash, fromStep },
      category: Category.parse(initiative.category),
      state: State.parse(initiative.state),
      author: member(initiative.authorId),
      ...{ cast: initiative.cast, eligible: initiative.eligible },
      assignees: initiative.assignments.map(({ memberId }) => member(memberId)),
    })),
  };
}
