import { initTRPC, TRPCError } from "@trpc/server";
import { AppError, type ErrorCode } from "../platform/errors.ts";
import type { Context } from "./context.ts";

const t = initTRPC.context<Context>().create({
  // Pages show these messages: ours say what to do next, anything else is for the log only.
  errorFormatter: ({ shape, error }) =>
    error.code === "INTERNAL_SERVER_ERROR"
      ? {
          ...shape,
          message: "Something failed here. Try again.",
          data: { ...shape.data, stack: undefined },
        }
      : shape,
});

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

/** Anyone may call these, signed in or not. */
export const publicProcedure = t.procedure.use(translated);
export const createRouter = t.router;
