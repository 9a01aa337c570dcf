import type { MemberActor } from "../auth/actor.ts";
import { recordDecision } from "../decisions/record-decision.ts";
import { AppError } from "../platform/errors.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { ChangeOffer } from "./contract.ts";

type Change = { change: ChangeOffer; actor: MemberActor; now: number };

/** Moves an offer through the queue. The decision log says that and when, never who offered or what was noted. */
export async function changeOffer(db: PrismaClient, { change, actor, now }: Change): Promise<void> {
  const { id, state, note } = change;
  await db.$transaction(async (tx) => {
    const [before] = await tx.$queryRaw<{ state: string; kind: string }[]>`
      select state, kind from "SupportOffer" where id = ${id} for update`;
    if (before === undefined) {
      throw noOffer();
    }
    await tx.supportOffer.update({
      where: { id },
      data: { state, note, changedAt: new Date(now) },
    });
    if (before.state !== state) {
      await recordDecision(tx, {
        ...{ kind: "support.answer", subject: { type: "offer", id }, actorId: actor.memberId, now },
        reason: `An offer went from ${before.state} to ${state}.`,
        data: { kind: before.kind, from: before.state, to: state },
      });
    }
  });
}

export function noOffer(): AppError {
  return new AppError("not_found", "There is no such offer. Load the queue again.");
}
