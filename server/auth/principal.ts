import type { Role } from "./actor.ts";

/** What a token may be used for: reporting a training, asking a trainer for something, reading, and downloading as a member. */
export const TOKEN_SCOPES = ["ingest", "control", "read", "download"] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** Scopes that are a role's business: a member's token has them for as long as its owner has the role. */
export const SCOPE_ROLE: Partial<Record<TokenScope, Role>> = {
  ingest: "engineer",
  control: "engineer",
};

/** Who a request comes from. A bound token carries the project or the run that it is bound to. */
export type Principal = {
  tokenId: string;
  scope: TokenScope;
  projectId: string | null;
  runId: string | null;
  /** Whose token it is; null for one that was made on the portal's machine. */
  memberId: string | null;
};
