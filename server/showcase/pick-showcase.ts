import type { MemberActor } from "../auth/actor.ts";
import type { Prisma } from "../platform/db.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { PickShowcase } from "./contract.ts";
import { listCandidates } from "./list-candidates.ts";
import { refuse } from "./refuse.ts";

type Picking = { pick: PickShowcase; actor: MemberActor; now: number };

/** A curator says why a listed application belongs into the month's collection, and what they have to do with it. */
export async function pickShowcase(db: PrismaClient, { pick, actor, now }: Picking): Promise<void> {
  const { id, month, reason, conflict } = pick;
  await db.$transaction(async (tx) => {
    await openCollection(tx, month);
    const found = (await listCandidates(tx, month)).find((one) => one.id === id);
    if (found === undefined) {
      throw refuse("no-candidate");
    }
    if (found.authorId === actor.memberId) {
      throw refuse("own-pick");
    }
    const said = { curatorId: actor.memberId, reason, conflict, pickedAt: new Date(now) };
    await tx.showcasePick.upsert({
      where: { month_showcaseId: { month, showcaseId: id } },
      create: { month, showcaseId: id, ...said },
      update: said,
    });
  });
}

/** Takes a pick back, while the collection is open. */
export async function unpickShowcase(
  db: PrismaClient,
  { id, month }: { id: number; month: string },
): Promise<void> {
  await db.$transaction(async (tx) => {
    await openCollection(tx, month);
    await tx.showcasePick.deleteMany({ where: { month, showcaseId: id } });
  });
}

/** Makes the month's row and locks it, so that nobody picks while it is being frozen. */
export async function openCollection(tx: Prisma.TransactionClient, month: string): Promise<void> {
  await tx.showcaseCollection.createMany({ data: [{ month }], skipDuplicates: true });
  const [row] = await tx.$queryRaw<{ frozenAt: Date | null }[]>`
    select "frozenAt" from "ShowcaseCollection" where month = ${month} for update`;
  if (row?.frozenAt != null) {
    throw refuse("frozen");
  }
}
