import { initTRPC, TRPCError } from "@trpc/server";
import type { Actor, MemberActor, Role } from "../auth/actor.ts";
import type { LimitedAction } from "../auth/limits.ts";
import { requireAccount, requireMember, requireRole, requireVoice } from "../auth/require.ts";
import { requireAllowed } from "../auth/require-allowed.ts";
import { takeLimit } from "../auth/take-limit.ts";
import { AppError, type ErrorCode } from "../platform/errors.ts";
import type { Context } from "./context.ts";

/** Who may call a procedure: every one carries it, and the access test walks them all. */
export type ProcedureAccess = "public" | "entry" | "account" | "member" | "voice" | readonly Role[];

const t = initTRPC
  .context<Context>()
  .meta<{ access: ProcedureAccess }>()
  .create({
    // Pages show these messages: ours say what to do next, anything else is for the log only.
    errorFormatter: ({ shape, error }) =>
      error.code === "INTERNAL_SERVER_ERROR"
        ? {
            ...shape,
            message: "Something failed here. Try again.",
            data: { ...shape.data, ...NO_HINTS, stack: undefined },
          }
        : { ...shape, data: { ...shape.data, ...hintsOf(error.cause) } },
  });

/** What lets a page say a refusal in its reader's language. */
type Hints = { reason: string | null; waitSeconds: number | null };
const NO_HINTS: Hints = { reason: null, waitSeconds: null };

function hintsOf(cause: unknown): Hints {
  const details = cause instanceof AppError ? (cause.details ?? {}) : {};
  const { reason, retryAfterSeconds } = details;
  return {
    reason: typeof reason === "string" ? reason : null,
    waitSeconds: typeof retryAfterSeconds === "number" ? retryAfterSeconds : null,
  };
}

const RPC_CODE: Record<ErrorCode, TRPCError["code"]> = {
  bad_request: "BAD_REQUEST",
  sha256_mismatch: "BAD_REQUEST",
  unauthorized: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  method_not_allowed: "METHOD_NOT_SUPPORTED",
  conflict: "CONFLICT",
  batch_out_of_order: "CONFLICT",
  batch_content_differs: "CONFLICT",
  offset_mismatch: "CONFLICT",
  too_large: "PAYLOAD_TOO_LARGE",
  range_not_satisfiable: "BAD_REQUEST",
  too_many_requests: "TOO_MANY_REQUESTS",
  internal: "INTERNAL_SERVER_ERROR",
  unavailable: "SERVICE_UNAVAILABLE",
};

/** Here, and nowhere else on this side, a domain error becomes one of tRPC's. */
const translated = t.middleware(async ({ ctx, path, next }) => {
  const started = ctx.clock();
  const result = await next();
  if (result.ok) {
    return result;
  }
  const { cause } = result.error;
  if (cause instanceof AppError) {
    throw new TRPCError({ code: RPC_CODE[cause.code], message: cause.message, cause });
  }
  if (result.error.code === "INTERNAL_SERVER_ERROR") {
    ctx.log.error(
      { err: cause ?? result.error, path, latencyMs: ctx.clock() - started },
      "A procedure failed.",
    );
  }
  return result;
});

const guarded = (access: ProcedureAccess, admit: (actor: Actor) => MemberActor) =>
  t.procedure
    .meta({ access })
    .use(translated)
    .use(({ ctx, next }) => next({ ctx: { actor: admit(ctx.actor) } }));

/** Anyone may call these, signed in or not. */
export const publicProcedure = t.procedure.meta({ access: "public" }).use(translated);
/** The ways in and out of an account, which change something and are open to anyone; always behind `limited`. */
export const entryProcedure = t.procedure.meta({ access: "entry" }).use(translated);
/** Signed in, also while suspended: one's own account, appeals, exports. */
export const accountProcedure = guarded("account", requireAccount);
/** Signed in and not suspended. */
export const memberProcedure = guarded("member", requireMember);
/** Members who may write what others read: not silenced, with a confirmed mail address. */
export const voiceProcedure = guarded("voice", requireVoice);
/** Members with one of the roles, and their second factor given in this session. */
export const roleProcedure = (...roles: [Role, ...Role[]]) =>
  guarded(roles, (actor) => requireRole(actor, ...roles));

/** Counts one use of an action; too many are refused with the time to wait. */
export const limited = (action: LimitedAction) =>
  t.middleware(async ({ ctx, next }) => {
    try {
      const state = await takeLimit(ctx.pool, { action, actor: ctx.actor, now: ctx.clock() });
      ctx.setHeader("ratelimit-limit", String(state.limit));
      ctx.setHeader("ratelimit-remaining", String(state.remaining));
      ctx.setHeader("ratelimit-reset", String(state.resetSeconds));
    } catch (error) {
      announceWait(ctx, error);
      throw error;
    }
    return await next();
  });

/** Refuses a text (`body`) with more links or images than its author's trust allows. Stands behind the input. */
export const withinTrust = t.middleware(({ ctx, input, next }) => {
  const body = typeof input === "object" && input !== null && "body" in input ? input.body : "";
  if (ctx.actor.kind === "member" && typeof body === "string") {
    requireAllowed(ctx.actor, body);
  }
  return next();
});

function announceWait(ctx: Context, error: unknown): void {
  const details = error instanceof AppError ? error.details : undefined;
  const seconds = details?.["retryAfterSeconds"];
  if (typeof seconds === "number") {
    ctx.setHeader("retry-after", String(seconds));
    ctx.setHeader("ratelimit-limit", String(details?.["limit"] ?? 0));
    ctx.setHeader("ratelimit-remaining", "0");
    ctx.setHeader("ratelimit-reset", String(seconds));
  }
}

export const createRouter = t.router;
