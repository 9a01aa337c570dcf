import type { MemberActor } from "../auth/actor.ts";
import { recordDecision } from "../decisions/record-decision.ts";
import type { Prisma } from "../platform/db.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { forgetDocument } from "../search/index-document.ts";
import { lockOwn } from "./lock-own.ts";
import { refuse } from "./refuse.ts";

/** Its author takes it out; frozen collections keep naming it by its number. */
export async function withdrawShowcase(
  db: PrismaClient,
  { id, actor }: { id: number; actor: MemberActor },
): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockOwn(tx, id, actor);
    await takeAway(tx, id, "withdrawn");
  });
}

type Hide = { id: number; reason: string; actor: MemberActor; now: number };

/** A moderator takes it out, with a reason in the public log. */
export async function hideShowcase(
  db: PrismaClient,
  { id, reason, actor, now }: Hide,
): Promise<void> {
  await db.$transaction(async (tx) => {
    if ((await tx.showcase.count({ where: { id, state: "visible" } })) === 0) {
      throw refuse("no-showcase");
    }
    await takeAway(tx, id, "hidden");
    await recordDecision(tx, {
      ...{ kind: "showcase.hide", subject: { type: "showcase", id: String(id) } },
      ...{ actorId: actor.memberId, reason, now },
    });
  });
}

async function takeAway(tx: Prisma.TransactionClient, id: number, state: string): Promise<void> {
  await tx.showcase.update({ where: { id }, data: { state, featuredAt: null } });
  await tx.forumThread.updateMany({
    where: { subjectKind: "showcase", subjectId: String(id) },
    data: { state: "hidden" },
  });
  await forgetDocument(tx, { kind: "showcase", id: String(id) });
}
