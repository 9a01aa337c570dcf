import type { MemberActor } from "../auth/actor.ts";
import { recordDecision } from "../decisions/record-decision.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { forgetDocument } from "../search/index-document.ts";
import type { DecideRelease } from "./contract.ts";
import { lockRelease } from "./lock-release.ts";

type Input = { decision: DecideRelease; actor: MemberActor; now: number };

/** Takes a published release back: its page says why, and its files are given to nobody any more. */
export async function yankRelease(db: PrismaClient, input: Input): Promise<void> {
  await end(db, input, { to: "yanked", kind: "release.yank" });
}

/** Ends a draft that is not to be published. */
export async function rejectRelease(db: PrismaClient, input: Input): Promise<void> {
  await end(db, input, { to: "rejected", kind: "release.reject" });
}

async function end(
  db: PrismaClient,
  { decision: { id, reason }, actor, now }: Input,
  { to, kind }: { to: "yanked" | "rejected"; kind: string },
): Promise<void> {
  await db.$transaction(async (tx) => {
    const states = to === "yanked" ? (["published", "superseded"] as const) : (["draft"] as const);
    const { familyId, version } = await lockRelease(tx, { id, states });
    const taken = to === "yanked" ? { yankedAt: new Date(now), yankedById: actor.memberId } : {};
    await tx.release.update({ where: { id }, data: { state: to, reason, ...taken } });
    await forgetDocument(tx, { kind: "release", id });
    await recordDecision(tx, {
      kind,
      subject: { type: "release", id },
      actorId: actor.memberId,
      reason,
      data: { model: familyId, version },
      now,
    });
  });
}
