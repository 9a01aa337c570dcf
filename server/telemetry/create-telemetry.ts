// GET /metrics — what a Prometheus server reads, as text. Only numbers about the portal itself, nothing of members.
// With METRICS_TOKEN set it wants `Authorization: Bearer …`. One reading serves everybody for a few seconds, so that
// asking often costs nothing.
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { sendError } from "../http/send-json.ts";
import type { Clock } from "../platform/clock.ts";
import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import type { Pool } from "../platform/pool.ts";
import { readMeasures } from "./read-measures.ts";
import { type Measure, writeMeasures } from "./write-measures.ts";

const PATH = /^\/metrics(\?|$)/;
const FRESH_MS = 5_000;
const NANOSECONDS = 1e9;

type Options = {
  pool: Pool;
  clock: Clock;
  viewers: () => number;
  token: string | undefined;
};

export function createTelemetry({ pool, clock, viewers, token }: Options) {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  let kept: { at: number; text: Promise<string> } | undefined;
  const read = async () => {
    const stored = await readMeasures(pool, clock());
    return writeMeasures([...processMeasures(delay.percentile(99), viewers()), ...stored]);
  };
  return {
    close: () => delay.disable(),
    handle: async (req: IncomingMessage, res: ServerResponse): Promise<boolean> => {
      if (!PATH.test(req.url ?? "") || (req.method !== "GET" && req.method !== "HEAD")) {
        return false;
      }
      if (!admits(token, req.headers.authorization)) {
        sendError(
          res,
          new AppError("unauthorized", "Send the METRICS_TOKEN as a bearer token."),
          newId("req"),
        );
        return true;
      }
      if (kept === undefined || clock() - kept.at > FRESH_MS) {
        kept = { at: clock(), text: read() };
      }
      try {
        const text = await kept.text;
        res.writeHead(200, {
          "content-type": "text/plain; version=0.0.4; charset=utf-8",
          "cache-control": "no-store",
        });
        res.end(req.method === "HEAD" ? undefined : text);
      } catch (cause) {
        kept = undefined;
        sendError(
          res,
          new AppError("unavailable", "The database does not answer.", { cause }),
          newId("req"),
        );
      }
      return true;
    },
  };
}

function processMeasures(delayP99: number, viewers: number): Measure[] {
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const one = (value: number) => [{ value }];
  return [
    { name: "cpm_up_seconds", help: "Since the process began.", values: one(process.uptime()) },
    { name: "cpm_resident_bytes", help: "Memory of the process.", values: one(rss) },
    { name: "cpm_heap_bytes", help: "Of it, JavaScript's heap in use.", values: one(heapUsed) },
    {
      ...{ name: "cpm_cpu_seconds_total", kind: "counter", help: "Processor time." },
      values: one((user + system) / 1e6),
    },
    {
      name: "cpm_event_loop_delay_seconds",
      help: "99th percentile since the process began.",
      values: one(Number.isFinite(delayP99) ? delayP99 / NANOSECONDS : 0),
    },
    { name: "cpm_viewers", help: "Live streams that are open here.", values: one(viewers) },
  ];
}

const digest = (text: string) => createHash("sha256").update(text).digest();

function admits(token: string | undefined, header: string | undefined): boolean {
  return token === undefined || timingSafeEqual(digest(`Bearer ${token}`), digest(header ?? ""));
}
