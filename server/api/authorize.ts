import type { IncomingMessage } from "node:http";
import { authenticateToken } from "../auth/authenticate-token.ts";
import type { BlockLimit } from "../auth/block-limit.ts";
import { addressOf } from "../auth/client-address.ts";
import type { Principal } from "../auth/principal.ts";
import { type LimitState, takeLimit } from "../auth/take-limit.ts";
import { AppError } from "../platform/errors.ts";
import type { Pool } from "../platform/pool.ts";
import type { Route } from "./route.ts";

/** Who calls, and what is left of the limit that the call was counted under. */
export type Admitted = { principal: Principal | null; limit: LimitState | null };
/** `reports`: calls of tokens, counted in blocks. */
type Tools = { pool: Pool; reports: BlockLimit };

type Asked = {
  req: IncomingMessage;
  route: Route;
  params: Record<string, string>;
  now: number;
};

/**
 * Decides, before the body is read, whether the caller may use the route on what its path names: token (401), scope
 * (403), existence (404), binding (403); and counts the call (429).
 */
export async function authorize(tools: Tools, asked: Asked): Promise<Admitted> {
  const { route, req, now } = asked;
  if (route.access === "public") {
    const actor = { kind: "visitor", address: addressOf(req) } as const;
    const { limit: action } = route;
    const limit = action === undefined ? null : await takeLimit(tools.pool, { action, actor, now });
    return { principal: null, limit };
  }
  const { principal, limit } = await authenticate(tools, asked);
  if (principal.scope !== route.access) {
    throw new AppError(
      "forbidden",
      `This call needs a token of scope ${route.access}; yours is of scope ${principal.scope}. Make one with \`npm run token -- create --scope ${route.access}\`.`,
    );
  }
  const bound = principal.projectId !== null || principal.runId !== null;
  // What a token that is bound to nothing may write to needs no look here: the verb says when it does not exist.
  if (route.owner !== undefined && bound) {
    requireOwn(principal, await findOwner(tools.pool, route.owner, asked.params["id"] ?? ""));
  }
  return { principal, limit };
}

async function authenticate({ pool, reports }: Tools, { req, now }: Asked) {
  const actor = { kind: "visitor", address: addressOf(req) } as const;
  let principal: Principal;
  try {
    principal = await authenticateToken(pool, { authorization: req.headers.authorization, now });
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthorized") {
      await takeLimit(pool, { action: "api.failure", actor, now });
    }
    throw error;
  }
  return { principal, limit: await reports.take({ actor, key: principal.tokenId, now }) };
}

type Owner = { runId: string; projectId: string };

const OWNER = {
  run: `select id as "runId", "projectId" from "Run" where id = $1`,
  checkpoint: `
    select r.id as "runId", r."projectId" from "Checkpoint" c join "Run" r on r.id = c."runId" where c.id = $1`,
} as const;

async function findOwner(pool: Pool, kind: "run" | "checkpoint", id: string): Promise<Owner> {
  const { rows } = await pool.query<Owner>({
    name: `owner-of-${kind}`,
    text: OWNER[kind],
    values: [id],
  });
  const owner = rows[0];
  if (owner === undefined) {
    throw new AppError(
      "not_found",
      kind === "run"
        ? `There is no run ${id}. Open one with POST /api/v1/runs.`
        : `There is no checkpoint ${id}. Register one with POST /api/v1/runs/ID/checkpoints.`,
    );
  }
  return owner;
}

function requireOwn(principal: Principal, owner: Owner): void {
  requireProject(principal, owner.projectId);
  if (principal.runId !== null && principal.runId !== owner.runId) {
    throw new AppError(
      "forbidden",
      `This token is bound to run ${principal.runId} and may not write to another. Use that run's own token.`,
    );
  }
}

/** Throws `forbidden` when the token is bound to another project. */
export function requireProject(principal: Principal | null, projectId: string): void {
  if (principal?.projectId != null && principal.projectId !== projectId) {
    throw new AppError(
      "forbidden",
      `This token is bound to project ${principal.projectId} and may not write to ${projectId}. Use that project's own token.`,
    );
  }
}
