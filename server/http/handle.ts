// What every request of the public API has in common: an id, a log line with its latency, and one place
// where a thrown failure becomes an answer.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../platform/clock.ts";
import { AppError } from "../platform/errors.ts";
import { randomName } from "../platform/ids.ts";
import type { Log } from "../platform/log.ts";
import { sendError } from "./send-json.ts";

/** How long the rest of a refused body is read and thrown away before the connection is cut. */
const DRAIN_MS = 10_000;

export type Exchange = { req: IncomingMessage; res: ServerResponse; requestId: string };
type Surroundings = { req: IncomingMessage; res: ServerResponse; log: Log; clock: Clock };

/** Runs `work`, which answers by itself or throws; an AppError is shown, anything else is logged and hidden. */
export async function handle(
  { req, res, log, clock }: Surroundings,
  work: (exchange: Exchange) => Promise<void>,
): Promise<void> {
  const requestId = randomName(12);
  const startedAt = clock();
  res.setHeader("x-request-id", requestId);
  let failure: unknown;
  try {
    await work({ req, res, requestId });
  } catch (error) {
    failure = error;
    if (res.headersSent || res.destroyed) {
      res.destroy();
    } else {
      sendError(res, error, requestId);
    }
  }
  drain(req);
  const entry = {
    requestId,
    method: req.method,
    path: req.url?.split("?")[0],
    status: res.statusCode,
    latencyMs: clock() - startedAt,
  };
  if (failure === undefined) {
    log.debug(entry, "answered");
  } else if (failure instanceof AppError && failure.status < 500) {
    log.info({ ...entry, code: failure.code }, failure.message);
  } else {
    log.error({ ...entry, err: failure }, "A request failed.");
  }
}

/**
 * A request that was answered before its body was read: the client may be writing still, and cutting it off would
 * reset the connection before it has read why. So the rest is read for a while, by the clock, then no longer.
 */
function drain(req: IncomingMessage): void {
  if (req.complete || req.destroyed) {
    return;
  }
  const timer = setTimeout(() => req.socket.destroy(), DRAIN_MS);
  timer.unref();
  req.once("close", () => clearTimeout(timer));
  req.once("end", () => clearTimeout(timer));
  req.on("error", () => undefined);
  req.resume();
}
