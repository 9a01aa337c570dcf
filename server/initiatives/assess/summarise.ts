import type { MemberActor } from "../../auth/actor.ts";
import { requireAllowed } from "../../auth/require-allowed.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import { refuse } from "../refuse.ts";

/** Pins the assignee's summary above the discussion. */
export async function summarise(
  db: PrismaClient,
  { id, summary, actor }: { id: number; summary: string; actor: MemberActor },
): Promise<void> {
  requireAllowed(actor, summary);
  const { count } = await db.initiative.updateMany({
    where: {
      id,
      assignments: {
        some: { memberId: actor.memberId, acceptedAt: { not: null }, endedAt: null },
      },
    },
    data: { summary },
  });
  if (count === 0) {
    throw refuse("not-yours");
  }
}
