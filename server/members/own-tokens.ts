import type { z } from "zod";
import type { MemberActor } from "../auth/actor.ts";
import { createToken } from "../auth/create-token.ts";
import { SCOPE_ROLE, TOKEN_SCOPES, type TokenScope } from "../auth/principal.ts";
import { requireRole } from "../auth/require.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { NewToken, TokenList } from "./contract.ts";

const MOST = 50;

/** Scopes that this member may give a token. */
function scopesFor(actor: MemberActor): TokenScope[] {
  return TOKEN_SCOPES.filter((scope) => {
    const role = SCOPE_ROLE[scope];
    return role === undefined || actor.roles.includes(role);
  });
}

/** One's own tokens that still open something, newest first. */
export async function listOwnTokens(
  db: Db,
  { actor }: { actor: MemberActor },
): Promise<z.infer<typeof TokenList>> {
  const rows = await db.apiToken.findMany({
    where: { memberId: actor.memberId, revokedAt: null },
    orderBy: { createdAt: "desc" },
    take: MOST,
  });
  return {
    scopes: scopesFor(actor),
    tokens: rows.map((row) => ({
      id: row.id,
      label: row.label,
      scope: row.scope,
      project: row.projectId,
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    })),
  };
}

/** Makes a token in one's own name. What belongs to a role needs the role, and its second factor, now. */
export async function createOwnToken(
  db: Db,
  { actor, label, scope, project }: z.infer<typeof NewToken> & { actor: MemberActor },
): Promise<{ id: string; secret: string }> {
  const role = SCOPE_ROLE[scope];
  if (role !== undefined) {
    requireRole(actor, role);
  }
  const { memberId } = actor;
  const held = await db.apiToken.count({ where: { memberId, revokedAt: null } });
  if (held >= MOST) {
    throw new AppError(
      "conflict",
      `You have ${held} tokens. Revoke one that is not used any more.`,
      {
        details: { reason: "too-many-tokens" },
      },
    );
  }
  return await createToken(db, { label, scope, project, memberId });
}

/** Ends one of one's own tokens, from the next request on. */
export async function revokeOwnToken(
  db: Db,
  { actor, id, now }: { actor: MemberActor; id: string; now: number },
): Promise<void> {
  await db.apiToken.updateMany({
    where: { id, memberId: actor.memberId, revokedAt: null },
    data: { revokedAt: new Date(now) },
  });
}
