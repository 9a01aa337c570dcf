import type { MemberActor } from "../auth/actor.ts";
import { revokeToken } from "../auth/revoke-token.ts";
import { recordDecision } from "../decisions/record-decision.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";

type End = { id: string; reason: string; actor: MemberActor; now: number };

/** Ends anybody's token, from the next request on. */
export async function endToken(db: PrismaClient, { id, reason, actor, now }: End): Promise<void> {
  await db.$transaction(async (tx) => {
    await revokeToken(tx, { id, now });
    await recordDecision(tx, {
      ...{ kind: "token.revoke", subject: { type: "token", id }, reason, now },
      actorId: actor.memberId,
    });
  });
}
