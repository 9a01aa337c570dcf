import type { MemberActor } from "../auth/actor.ts";
import { recordDecision } from "../decisions/record-decision.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { refuse } from "./refuse.ts";

type Feature = { id: number; on: boolean; reason: string; actor: MemberActor; now: number };

/** Puts an application on the home page, or takes it off; with a reason in the public log. */
export async function featureShowcase(
  db: PrismaClient,
  { id, on, reason, actor, now }: Feature,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.showcase.updateMany({
      where: { id, state: "visible" },
      data: { featuredAt: on ? new Date(now) : null },
    });
    if (count === 0) {
      throw refuse("no-showcase");
    }
    await recordDecision(tx, {
      kind: on ? "showcase.feature" : "showcase.unfeature",
      subject: { type: "showcase", id: String(id) },
      ...{ actorId: actor.memberId, reason, now },
    });
  });
}
