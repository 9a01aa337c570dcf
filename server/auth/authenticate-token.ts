import { AppError } from "../platform/errors.ts";
import type { Sql } from "../platform/pool.ts";
import { type Principal, SCOPE_ROLE, TOKEN_SCOPES, type TokenScope } from "./principal.ts";
import { hashToken } from "./token-secret.ts";

/** How old `lastUsedAt` may get before a request writes it anew: a write per request would cost more than the check. */
const USED_EVERY_MS = 60_000;
const LONGEST_SECRET = 200;

type TokenRow = {
  id: string;
  scope: string;
  projectId: string | null;
  runId: string | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  memberId: string | null;
  /** Of the member whose token it is. */
  roles: string[];
  barred: boolean;
};

const FIND = `
  select t.id, t.scope, t."projectId", t."runId", t."lastUsedAt", t."revokedAt", t."memberId",
    array(select r.role from "MemberRole" r where r."memberId" = t."memberId") as roles,
    coalesce(m."deletedAt" is not null or m."suspendedUntil" > $2, false) as barred
  from "ApiToken" t left join "Member" m on m.id = t."memberId" where t.hash = $1`;
const MARK_USED = `update "ApiToken" set "lastUsedAt" = $2 where id = $1`;

/** Reads `Authorization: Bearer SECRET`. Throws `unauthorized` with what to do, for each way it can be wrong. */
export async function authenticateToken(
  sql: Sql,
  input: { authorization: string | undefined; now: number },
): Promise<Principal> {
  const { rows } = await sql.query<TokenRow>({
    name: "authenticate-token",
    text: FIND,
    values: [hashToken(readBearer(input.authorization)), new Date(input.now)],
  });
  const row = rows[0];
  if (row === undefined || !isScope(row.scope)) {
    throw new AppError(
      "unauthorized",
      "This token is not known here. Make one with `npm run token -- create --scope ingest` on the portal's machine.",
    );
  }
  if (row.revokedAt !== null) {
    throw new AppError(
      "unauthorized",
      "This token was revoked. Make a new one with `npm run token -- create --scope ingest` on the portal's machine.",
    );
  }
  requireOwner(row, row.scope);
  if (row.lastUsedAt === null || input.now - row.lastUsedAt.getTime() > USED_EVERY_MS) {
    await sql.query(MARK_USED, [row.id, new Date(input.now)]);
  }
  const { id: tokenId, scope, projectId, runId, memberId } = row;
  return { tokenId, scope, projectId, runId, memberId };
}

/** A member's token is good for what the member may do now, not for what was allowed when it was made. */
function requireOwner(row: TokenRow, scope: TokenScope): void {
  if (row.memberId === null) {
    return;
  }
  const role = SCOPE_ROLE[scope];
  if (row.barred || (role !== undefined && !row.roles.includes(role))) {
    throw new AppError(
      "unauthorized",
      "The member whose token this is may not do this any more. Use another token.",
    );
  }
}

function readBearer(authorization: string | undefined): string {
  if (authorization === undefined || authorization === "") {
    throw new AppError(
      "unauthorized",
      "This needs a token. Send the header `Authorization: Bearer TOKEN`.",
    );
  }
  const secret = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
  if (secret === undefined || secret.length > LONGEST_SECRET) {
    throw new AppError(
      "unauthorized",
      "The Authorization header is not of the form `Bearer TOKEN`. Send the token as it was printed.",
    );
  }
  return secret;
}

function isScope(scope: string): scope is TokenScope {
  return (TOKEN_SCOPES as readonly string[]).includes(scope);
}
