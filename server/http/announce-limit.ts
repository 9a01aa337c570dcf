import type { ServerResponse } from "node:http";
import type { LimitState } from "../auth/take-limit.ts";

/** Says in the answer's head how much of a limit is left. */
export function announceLimit(res: ServerResponse, state: LimitState): void {
  res.setHeader("ratelimit-limit", state.limit);
  res.setHeader("ratelimit-remaining", state.remaining);
  res.setHeader("ratelimit-reset", state.resetSeconds);
}
