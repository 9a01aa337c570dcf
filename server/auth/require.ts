// The rules of who may do what, for procedures and raw routes alike. Each message says what to do next.
import { AppError } from "../platform/errors.ts";
import { type Actor, GUARDED_ROLES, type MemberActor, type Role } from "./actor.ts";

/** Signed in, also while suspended: for what concerns one's own account. */
export function requireAccount(actor: Actor): MemberActor {
  if (actor.kind === "visitor") {
    throw new AppError("unauthorized", "This needs an account. Sign in, then try again.");
  }
  return actor;
}

/** Signed in and not suspended. */
export function requireMember(actor: Actor): MemberActor {
  const member = requireAccount(actor);
  if (member.suspendedUntil !== null) {
    throw new AppError(
      "forbidden",
      `Your account is suspended until ${day(member.suspendedUntil)}. See the reason under Account; you can appeal there.`,
      { details: { until: member.suspendedUntil.toISOString() } },
    );
  }
  return member;
}

/** May write what others read: not silenced, and reachable by mail. */
export function requireVoice(actor: Actor): MemberActor {
  const member = requireMember(actor);
  if (member.silencedUntil !== null) {
    throw new AppError(
      "forbidden",
      `You cannot write until ${day(member.silencedUntil)}. See the reason under Account; you can appeal there.`,
      { details: { until: member.silencedUntil.toISOString() } },
    );
  }
  if (!member.emailVerified) {
    throw new AppError("forbidden", "Confirm your mail address under Account, then try again.");
  }
  return member;
}

/** Has one of the roles, and has given the second factor where the role asks for it. */
export function requireRole(actor: Actor, ...roles: Role[]): MemberActor {
  const member = requireMember(actor);
  const held = member.roles.filter((role) => roles.includes(role));
  if (held.length === 0) {
    throw new AppError(
      "forbidden",
      `This needs the role ${roles.join(" or ")}. An admin grants it.`,
    );
  }
  if (!member.twoFactor && held.every((role) => GUARDED_ROLES.includes(role))) {
    throw new AppError(
      "forbidden",
      "This role needs a second factor. Set one up under Account, then try again.",
      { details: { secondFactor: "missing" } },
    );
  }
  return member;
}

function day(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
