import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { addressOf } from "../auth/client-address.ts";
import { takeLimit } from "../auth/take-limit.ts";
import type { Clock } from "../platform/clock.ts";
import { AppError } from "../platform/errors.ts";
import { type Log, log as processLog } from "../platform/log.ts";
import type { Pool } from "../platform/pool.ts";
import { CSP_REPORT_PATH } from "./content-policy.ts";
import { handle } from "./handle.ts";
import { parseJson } from "./parse-json.ts";
import { readBody } from "./read-body.ts";

const MOST_BYTES = 16_384;
const MOST_TEXT = 200;

const Report = z.object({
  "csp-report": z.object({
    "document-uri": z.string().default(""),
    "effective-directive": z.string().default(""),
    "violated-directive": z.string().default(""),
    "blocked-uri": z.string().default(""),
  }),
});

const COUNT = `
  insert into "CspReport" (day, directive, blocked, page) values ($1, $2, $3, $4)
  on conflict (day, directive, blocked, page) do update set count = "CspReport".count + 1`;

type Options = { pool: Pool; clock: Clock; log?: Log | undefined };

/** Counts what browsers say that a page's policy kept from running; false for requests of anything else. */
export function createCspReports({ pool, clock, log = processLog }: Options) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<boolean> => {
    if (req.url !== CSP_REPORT_PATH) {
      return false;
    }
    await handle({ req, res, log, clock }, async () => {
      if (req.method !== "POST") {
        throw new AppError("method_not_allowed", "Reports are sent here with POST, by browsers.");
      }
      const actor = { kind: "visitor", address: addressOf(req) } as const;
      await takeLimit(pool, { action: "csp-report", actor, now: clock() });
      const parsed = Report.safeParse(parseJson(await readBody(req, MOST_BYTES)));
      if (!parsed.success) {
        throw new AppError("bad_request", "This is no report of a content security policy.");
      }
      const report = parsed.data["csp-report"];
      const directive = report["effective-directive"] || report["violated-directive"];
      const row = [directive, originOf(report["blocked-uri"]), pageOf(report["document-uri"])];
      await pool.query(COUNT, [new Date(clock()), ...row.map(plain)]);
      log.warn({ directive, blocked: row[1], page: row[2] }, "A page's policy kept something out.");
      res.writeHead(204).end();
    });
    return true;
  };
}

/** No more of a foreign address than its origin: the rest is the visitor's own affair. */
function originOf(blocked: string): string {
  return URL.canParse(blocked) && new URL(blocked).origin !== "null"
    ? new URL(blocked).origin
    : blocked;
}

function pageOf(address: string): string {
  return URL.canParse(address) ? new URL(address).pathname : "";
}

function plain(text: string): string {
  return text.replaceAll("\0", "").slice(0, MOST_TEXT);
}
