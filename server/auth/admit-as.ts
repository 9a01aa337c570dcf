import type { Actor, Role } from "./actor.ts";
import { requireAccount, requireMember, requireRole, requireVoice } from "./require.ts";

/**
 * The rules that anything that is called may declare; roles: any one of them, with its second factor; link: whoever
 * holds an address that we signed, which the handler itself checks.
 */
export type Access =
  | "public"
  | "link"
  | "account"
  | "member"
  | "voice"
  | readonly [Role, ...Role[]];

/** Throws when `actor` may not call what is declared so. */
export function admitAs(access: Access, actor: Actor): void {
  if (typeof access !== "string") {
    requireRole(actor, ...access);
  } else if (access === "account") {
    requireAccount(actor);
  } else if (access === "member") {
    requireMember(actor);
  } else if (access === "voice") {
    requireVoice(actor);
  }
}
