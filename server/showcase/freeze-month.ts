import { recordDecision } from "../decisions/record-decision.ts";
import { notifyMembers } from "../notifications/notify-members.ts";
import type { Prisma } from "../platform/db.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { listCandidates } from "./list-candidates.ts";
import { freezesAt, monthOf, monthSpan } from "./month.ts";
import { openCollection } from "./pick-showcase.ts";
import { refuse } from "./refuse.ts";

/** `actorId`: null when the job does it by the rule. */
type Freeze = { month: string; actorId: string | null; now: number };

/** Ends a month's collection: the picks keep their place, hearts and stage of this moment, and nothing changes any more. */
export async function freezeMonth(
  db: PrismaClient,
  { month, actorId, now }: Freeze,
): Promise<void> {
  if (monthSpan(month).to.getTime() > now) {
    throw refuse("month-not-over");
  }
  await db.$transaction(async (tx) => {
    await openCollection(tx, month);
    const picks = await keepFigures(tx, month);
    if (picks.length === 0 && actorId !== null) {
      throw refuse("nothing-picked");
    }
    const frozenAt = new Date(now);
    await tx.showcaseCollection.update({ where: { month }, data: { frozenAt } });
    for (const { id, authorId, title } of picks) {
      await notifyMembers(tx, {
        ...{ memberIds: [authorId], kind: "showcase-collected", data: { title, month } },
        subject: { type: "showcase", id: String(id), url: `/showcase/collections/${month}` },
      });
    }
    await recordDecision(tx, {
      kind: "showcase.freeze",
      subject: { type: "collection", id: month },
      reason:
        actorId === null
          ? "Frozen by the published rule, 48 hours after the month's end."
          : "Frozen by an admin after the month's end.",
      data: { picks: picks.map(({ id }) => id) },
      ...{ actorId, now },
    });
  });
}

type Kept = { id: number; authorId: string; title: string };

/** Writes what the rule looks at into each pick; one that fell off the list since (hidden, withdrawn) is let go. */
async function keepFigures(tx: Prisma.TransactionClient, month: string): Promise<Kept[]> {
  const candidates = await listCandidates(tx, month);
  await tx.showcasePick.deleteMany({
    where: { month, showcaseId: { notIn: candidates.map(({ id }) => id) } },
  });
  const picks = await tx.showcasePick.findMany({
    where: { month },
    select: { showcaseId: true, showcase: { select: { title: true } } },
  });
  const titles = new Map(picks.map(({ showcaseId, showcase }) => [showcaseId, showcase.title]));
  const kept: Kept[] = [];
  for (const { id, hearts, stage, authorId } of candidates) {
    const title = titles.get(id);
    if (title !== undefined) {
      kept.push({ id, authorId, title });
      await tx.showcasePick.update({
        where: { month_showcaseId: { month, showcaseId: id } },
        data: { hearts, stage, place: kept.length },
      });
    }
  }
  return kept;
}

/** Freezes every month whose time has come. Answers which. */
export async function freezeDueMonths(db: PrismaClient, now: number): Promise<string[]> {
  const first = await db.showcase.findFirst({
    orderBy: { createdAt: "asc" },
    select: { createdAt: true },
  });
  const frozen: string[] = [];
  if (first === null) {
    return frozen;
  }
  for (
    let month = monthOf(first.createdAt.getTime());
    freezesAt(month) <= now;
    month = after(month)
  ) {
    const found = await db.showcaseCollection.findUnique({ where: { month } });
    if (found?.frozenAt == null) {
      await freezeMonth(db, { month, actorId: null, now });
      frozen.push(month);
    }
  }
  return frozen;
}

const after = (month: string) => monthOf(monthSpan(month).to.getTime());
