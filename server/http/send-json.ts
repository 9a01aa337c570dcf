import type { ServerResponse } from "node:http";
import { AppError } from "../platform/errors.ts";
import { sendBody } from "./send-body.ts";

type Json = { status: number; value: unknown; headers?: Record<string, string> };

/** Answers with JSON; to HEAD with the same head and no body. Without `headers` nothing keeps it. */
export function sendJson(res: ServerResponse, { status, value, headers = {} }: Json): void {
  sendBody(res, {
    status,
    body: Buffer.from(JSON.stringify(value)),
    headers: {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      ...headers,
    },
  });
}

/** Answers with `{error: {code, message, requestId, details?}}`. A failure that is not ours to show keeps its text to itself. */
export function sendError(res: ServerResponse, error: unknown, requestId: string): void {
  const known =
    error instanceof AppError && error.code !== "internal"
      ? error
      : new AppError(
          "internal",
          `Something failed on the portal. Try again; if it stays, name request ${requestId} to its operator.`,
        );
  const details = known.details === undefined ? {} : { details: known.details };
  sendJson(res, {
    status: known.status,
    value: { error: { code: known.code, message: known.message, requestId, ...details } },
    headers: headersOf(known),
  });
}

function headersOf({ code, details }: AppError): Record<string, string> {
  const retryAfter = details?.["retryAfterSeconds"];
  if (typeof retryAfter === "number") {
    const seconds = String(Math.ceil(retryAfter));
    const limit = details?.["limit"];
    return {
      "retry-after": seconds,
      ...(typeof limit === "number"
        ? {
            "ratelimit-limit": String(limit),
            "ratelimit-remaining": "0",
            "ratelimit-reset": seconds,
          }
        : {}),
    };
  }
  return code === "unauthorized" ? { "www-authenticate": 'Bearer realm="cpm-live"' } : {};
}
