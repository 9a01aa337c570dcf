import type { z } from "zod";
import type { Actor } from "../auth/actor.ts";
import type { Visitor } from "./contract.ts";

/** What a browser may know of whoever uses it. */
export function showMe(actor: Actor): z.infer<typeof Visitor> {
  if (actor.kind === "visitor") {
    return { member: null, awaitsCode: actor.pendingSessionId !== undefined };
  }
  const { memberId, name, roles, trust, emailVerified, twoFactor } = actor;
  const member = {
    id: memberId,
    name,
    roles,
    trust,
    emailVerified,
    twoFactor,
    suspendedUntil: actor.suspendedUntil?.toISOString() ?? null,
    silencedUntil: actor.silencedUntil?.toISOString() ?? null,
  };
  return { member, awaitsCode: false };
}
