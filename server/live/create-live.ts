// GET /api/v1/runs/:id/live — the stream of a run's messages as server-sent events:
//   id: SEQ / event: log / data: a LiveFrame;   event: reset / data: {"seq":SEQ}: read the series again, then go on;
//   event: beat / data: a LiveBeat: the trainer gave a sign of life.
// `?since=SEQ` or the header Last-Event-ID (which wins: browsers repeat the address when they reconnect) says where
// to go on. No compression: it would have to be done per viewer, and frames are small.
import type { IncomingMessage, ServerResponse } from "node:http";
import { sendError } from "../http/send-json.ts";
import { AppError } from "../platform/errors.ts";
import { randomName } from "../platform/ids.ts";
import { type Log, log as rootLog } from "../platform/log.ts";
import type { Pool } from "../platform/pool.ts";
import type { Pace } from "./channel.ts";
import { createHub } from "./hub.ts";
import { Viewer } from "./viewer.ts";

const PATH = /^\/api\/v1\/runs\/([^/]+)\/live\/?$/;
const SEQ = /^\d{1,15}$/;
const BUSY = { details: { retryAfterSeconds: 10 } };
const MOST_VIEWERS = 20_000;
/** Enough for a school behind one address, and never all places for one address. */
const MOST_VIEWERS_PER_ADDRESS = 2_000;

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  connection: "close",
  "x-accel-buffering": "no",
};

export type Live = {
  /** Answers a request for a live stream; false when it asks for something else. */
  handle(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
  viewers(): number;
  /** Runs that are being read now. */
  channels(): number;
  /** Tells every viewer when to come back and ends its stream. */
  close(): Promise<void>;
};

/** `pace` is for tests that cannot wait. */
export type LiveOptions = { pool: Pool; url: string; pace?: Partial<Pace> };

export function createLive(options: LiveOptions): Live {
  const log = rootLog.child({ part: "live" });
  const hub = createHub({ ...options, log });
  const places = createPlaces();
  let closing = false;

  const stream = async (req: IncomingMessage, res: ServerResponse, runId: string) => {
    const since = readSince(req);
    if (closing) {
      throw new AppError("unavailable", "This portal is stopping. Try again in 10 s.", BUSY);
    }
    places.take(req, res);
    if (!(await hub.watch({ runId, since, accept: () => open(req, res) }))) {
      const advice = "List the runs with GET /api/v1/runs.";
      throw new AppError("not_found", `There is no run ${runId}. ${advice}`);
    }
  };

  return {
    handle: async (req, res) => {
      const runId = readRunId(req);
      if (runId === null) {
        return false;
      }
      res.setHeader("access-control-allow-origin", "*");
      try {
        if (!answeredWithoutStream(req, res)) {
          await stream(req, res, runId);
        }
      } catch (error) {
        refuse(res, error, log);
      }
      return true;
    },
    viewers: places.taken,
    channels: hub.channels,
    close: async () => {
      closing = true;
      await hub.close();
    },
  };
}

function readRunId(req: IncomingMessage): string | null {
  const path = (req.url ?? "").split("?", 1)[0] ?? "";
  const encoded = PATH.exec(path)?.[1];
  try {
    return encoded === undefined ? null : decodeURIComponent(encoded);
  } catch {
    return encoded ?? null;
  }
}

/** OPTIONS, HEAD and the methods that a stream does not know. */
function answeredWithoutStream(req: IncomingMessage, res: ServerResponse): boolean {
  if (req.method === "GET") {
    return false;
  }
  if (req.method === "OPTIONS") {
    res.writeHead(204, {
      "access-control-allow-methods": "GET, OPTIONS",
      "access-control-allow-headers": "Last-Event-ID, Cache-Control",
      "access-control-max-age": "86400",
    });
    res.end();
    return true;
  }
  res.setHeader("allow", "GET, OPTIONS");
  throw new AppError("method_not_allowed", "The live stream is read with GET.");
}

/** The last message that the viewer has, or null when it names none. */
function readSince(req: IncomingMessage): number | null {
  const header = req.headers["last-event-id"];
  if (typeof header === "string" && SEQ.test(header)) {
    return Number(header);
  }
  const since = new URL(req.url ?? "", "http://portal").searchParams.get("since");
  if (since !== null && !SEQ.test(since)) {
    throw new AppError("bad_request", "since must be a message number: a whole number from 0 on.");
  }
  return since === null ? null : Number(since);
}

/** Sends the head and gives the connection over to the hub. */
function open(req: IncomingMessage, res: ServerResponse): Viewer {
  // Neither chunked nor of a known length: the stream ends where the connection ends.
  res.useChunkedEncodingByDefault = false;
  res.writeHead(200, HEADERS);
  res.flushHeaders();
  const viewer = new Viewer(req.socket);
  // Reconnects after a break are spread, so that thousands do not come in one instant.
  viewer.send(`retry: ${1_000 + Math.floor(Math.random() * 2_000)}\n\n`);
  return viewer;
}

function refuse(res: ServerResponse, error: unknown, log: Log): void {
  const requestId = randomName(12);
  if (!(error instanceof AppError)) {
    log.error({ err: error, requestId }, "A live stream could not be opened.");
  }
  if (res.headersSent || res.destroyed) {
    res.destroy();
    return;
  }
  sendError(res, error, requestId);
}

/** Counts viewers, in all and by address; a place is free again when the response is over. */
function createPlaces() {
  let taken = 0;
  const byAddress = new Map<string, number>();
  return {
    taken: () => taken,
    take: (req: IncomingMessage, res: ServerResponse): void => {
      const address = req.socket.remoteAddress ?? "";
      const here = byAddress.get(address) ?? 0;
      if (taken >= MOST_VIEWERS) {
        const message = `All ${MOST_VIEWERS} places for viewers are taken. Try again in 10 s.`;
        throw new AppError("unavailable", message, BUSY);
      }
      if (here >= MOST_VIEWERS_PER_ADDRESS) {
        const message = `Your address has ${here} live streams open already. Close some of them.`;
        throw new AppError("too_many_requests", message, BUSY);
      }
      taken += 1;
      byAddress.set(address, here + 1);
      res.once("close", () => {
        taken -= 1;
        const left = (byAddress.get(address) ?? 1) - 1;
        if (left === 0) {
          byAddress.delete(address);
        } else {
          byAddress.set(address, left);
        }
      });
    },
  };
}
