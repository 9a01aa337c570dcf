import { AppError } from "../platform/errors.ts";
import type { Sql } from "../platform/pool.ts";
import { type Principal, TOKEN_SCOPES, type TokenScope } from "./principal.ts";
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
};

const FIND = `select id, scope, "projectId", "runId", "lastUsedAt", "revokedAt" from "ApiToken" where hash = $1`;
const MARK_USED = `update "ApiToken" set "lastUsedAt" = $2 where id = $1`;

/** Reads `Authorization: Bearer SECRET`. Throws `unauthorized` with what to do, for each way it can be wrong. */
export async function authenticateToken(
  sql: Sql,
  input: { authorization: string | undefined; now: number },
): Promise<Principal> {
  const { rows } = await sql.query<TokenRow>({
    name: "authenticate-token",
    text: FIND,
    values: [hashToken(readBearer(input.authorization))],
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
  if (row.lastUsedAt === null || input.now - row.lastUsedAt.getTime() > USED_EVERY_MS) {
    await sql.query(MARK_USED, [row.id, new Date(input.now)]);
  }
  return { tokenId: row.id, scope: row.scope, projectId: row.projectId, runId: row.runId };
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
