import type { ServerResponse } from "node:http";
import { AppError, type ErrorCode } from "../platform/errors.ts";

/** A refusal whose kind the clients read from a header: on plain http they cannot tell it from the status. */
export function missing(res: ServerResponse, code: string, message: string): AppError {
  announce(res, code, message);
  return new AppError("not_found", message);
}

/** Puts the kind and the sentence of a refusal where download clients look for them. */
export function announce(res: ServerResponse, code: string, message: string): void {
  res.setHeader("x-error-code", code);
  res.setHeader("x-error-message", message);
}

/** What a client of a hub calls a refusal with such a status, for a file behind a licence. */
export const isGateRefusal = (code: ErrorCode): boolean =>
  code === "unauthorized" || code === "forbidden";
