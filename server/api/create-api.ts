// The gateway: finds the route of a request, lets the route's declared rules decide, calls its verb, and checks what goes
// out. Order matters: who asks is decided before a body is read, so that nobody without a token makes us read 16 MiB.
import type { IncomingMessage, ServerResponse } from "node:http";
import { type BlockLimit, createBlockLimit } from "../auth/block-limit.ts";
import { Day } from "../daily-log/contract.ts";
import { announceLimit } from "../http/announce-limit.ts";
import { checkInput } from "../http/check-input.ts";
import { type Exchange, handle } from "../http/handle.ts";
import { originOf } from "../http/origin-of.ts";
import { parseJson } from "../http/parse-json.ts";
import { readBody, requireJson } from "../http/read-body.ts";
import { sendJson } from "../http/send-json.ts";
import type { CheckpointGate } from "../models/checkpoint-gate.ts";
import { createDownloadCounter } from "../models/count-downloads.ts";
import { createBlobs } from "../platform/blobs.ts";
import { type Clock, systemClock } from "../platform/clock.ts";
import { AppError } from "../platform/errors.ts";
import { type Log, log as processLog } from "../platform/log.ts";
import type { Pool } from "../platform/pool.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import { FileName, LIMITS } from "../runs/contract.ts";
import { authorize } from "./authorize.ts";
import { allowCrossOrigin, answerOptions } from "./cross-origin.ts";
import { type Found, findRoute } from "./find-route.ts";
import { LIVE_STREAM } from "./read-routes.ts";
import { Replied, type Route, type Services } from "./route.ts";
import { routes } from "./routes.ts";

export type ApiOptions = {
  pool: Pool;
  db: PrismaClient;
  dataDir: string;
  /** Where visitors reach the portal; absent: what each request says. */
  publicUrl?: string | undefined;
  /** Whose weights need the licence to be accepted; those that a release was made from where left out. */
  checkpointGate?: CheckpointGate | undefined;
  clock?: Clock;
  log?: Log;
};

/** Answers a request of the public API; false for one that is none of its own. */
export type Api = (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;

const TABLE = { routes, elsewhere: [LIVE_STREAM.path] };

type Gateway = { services: Services; reports: BlockLimit; publicUrl: string | undefined };

export function createApi(options: ApiOptions): Api {
  const { pool, db, dataDir, publicUrl, clock = systemClock, log = processLog } = options;
  const downloads = createDownloadCounter({ db, dataDir, clock });
  const { checkpointGate = "released" } = options;
  const blobs = createBlobs(dataDir);
  const services = { pool, db, blobs, clock, checkpointGate, downloads };
  const gateway = { services, reports: createBlockLimit(pool, "api.report"), publicUrl };
  return async (req, res) => {
    const found = findRoute(TABLE, req);
    if (found.kind === "foreign") {
      return false;
    }
    await handle({ req, res, log, clock }, (exchange) => answer(gateway, found, exchange));
    return true;
  };
}

async function answer(gateway: Gateway, found: Found, exchange: Exchange): Promise<void> {
  const { req, res } = exchange;
  allowCrossOrigin(req, res);
  if (found.kind === "nothing") {
    throw new AppError(
      "not_found",
      "There is nothing at this address. See /api/v1/openapi.json for what there is.",
    );
  }
  if (req.method === "OPTIONS") {
    answerOptions(res, found.allow);
    return;
  }
  if (found.kind === "wrong method") {
    res.setHeader("allow", found.allow.join(", "));
    throw new AppError(
      "method_not_allowed",
      `This address does not take ${req.method}. It takes ${found.allow.join(", ")}.`,
    );
  }
  await call(gateway, found, exchange);
}

type Matched = Extract<Found, { kind: "route" }>;

async function call(gateway: Gateway, found: Matched, { req, res }: Exchange): Promise<void> {
  const { services, reports, publicUrl } = gateway;
  const { route } = found;
  const params = readParams(found.params);
  const now = services.clock();
  const asked = { req, route, params, now };
  const { principal, limit } = await authorize({ pool: services.pool, reports }, asked);
  if (limit !== null) {
    announceLimit(res, limit);
  }
  const result = await route.handle({
    ...services,
    req,
    res,
    principal,
    params,
    query: readQuery(route, found.query),
    body: await readInput(route, req),
    origin: publicUrl ?? originOf(req),
  });
  if (route.bytes !== "out") {
    sendResult(res, route, result);
  }
}

/** Identifiers are ours and file names are restricted: whatever else stands in a path cannot exist. */
function readParams(params: Record<string, string>): Record<string, string> {
  const { id, name, day } = params;
  if (id !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(id)) {
    throw new AppError(
      "not_found",
      "This address holds no identifier of ours. Take it from an answer.",
    );
  }
  if (name !== undefined) {
    checkInput(FileName, name, "file name");
  }
  if (day !== undefined) {
    checkInput(Day, day, "day");
  }
  return params;
}

/** Parameters that are named but empty count as left out. */
function readQuery(route: Route, query: URLSearchParams): unknown {
  if (route.query === undefined) {
    return undefined;
  }
  const given = [...query].filter(([, value]) => value !== "");
  if (given.some(([, value]) => value.includes("\0"))) {
    throw new AppError("bad_request", "A parameter contains the NUL character. Leave it out.");
  }
  return checkInput(route.query, Object.fromEntries(given), "query");
}

async function readInput(route: Route, req: IncomingMessage): Promise<unknown> {
  if (route.body === undefined) {
    return undefined;
  }
  requireJson(req);
  const json = parseJson(await readBody(req, LIMITS.bodyBytes));
  return route.readBody === undefined ? checkInput(route.body, json, "body") : route.readBody(json);
}

function sendResult(res: ServerResponse, route: Route, result: unknown): void {
  const { status, value } =
    result instanceof Replied ? result : { status: route.status ?? 200, value: result };
  // What anyone may read may be kept, and is asked after before it is used again.
  const keep = route.access === "public" && route.momentary !== true;
  const headers: Record<string, string> = keep ? { "cache-control": "public, no-cache" } : {};
  if (route.bulky === true) {
    sendJson(res, { status, value, headers });
    return;
  }
  const checked = route.answer.safeParse(value);
  if (!checked.success) {
    throw new Error(`The answer of ${route.id} is not what it declares.`, { cause: checked.error });
  }
  sendJson(res, { status, value: checked.data, headers });
}
