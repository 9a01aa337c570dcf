import { z } from "zod";
import { Calendar, DailyLog, DailyLogList, Day } from "../daily-log/contract.ts";
import { listDailyLogs, readDailyLog } from "../daily-log/list-daily-logs.ts";
import { readCalendar } from "../daily-log/read-calendar.ts";
import { type FeedForm, writeFeed } from "../daily-log/write-feed.ts";
import { sendBody } from "../http/send-body.ts";
import { bytesRoute, jsonRoute, type Route } from "./route.ts";

const Language = z.object({ lang: z.enum(["en", "zh"]).default("en") });

/** The daily logs of runs, for programs and for feed readers. */
export const dailyLogRoutes: Route[] = [
  jsonRoute({
    id: "listDailyLogs",
    method: "GET",
    path: "/api/v1/runs/{id}/daily-logs",
    access: "public",
    summary: "Daily logs of a run, newest day first",
    description: "`next` is the oldest day of the answer; hand it back to go on behind it.",
    query: z.object({
      limit: z.coerce.number().int().min(1).max(400).optional(),
      next: Day.optional(),
    }),
    answer: DailyLogList,
    handle: ({ db, params, query }) => listDailyLogs(db, { ...query, runId: params.id }),
  }),
  jsonRoute({
    id: "readDailyLog",
    method: "GET",
    path: "/api/v1/runs/{id}/daily-logs/{day}",
    access: "public",
    summary: "One day of a run with its events and every revision of its comment",
    answer: DailyLog,
    handle: ({ db, params }) => readDailyLog(db, { runId: params.id, day: params.day }),
  }),
  jsonRoute({
    id: "readDailyCalendar",
    method: "GET",
    path: "/api/v1/runs/{id}/daily-calendar",
    access: "public",
    summary: "The days that a run has a log of, and when its day turns",
    answer: Calendar,
    handle: ({ db, params }) => readCalendar(db, { runId: params.id }),
  }),
  feedRoute("rss", "application/rss+xml"),
  feedRoute("json", "application/feed+json"),
];

function feedRoute(form: FeedForm, media: string): Route {
  return bytesRoute({
    id: form === "rss" ? "dailyLogRss" : "dailyLogFeed",
    method: "GET",
    path: `/api/v1/runs/{id}/daily-logs.${form}`,
    access: "public",
    summary: `The newest daily logs of a run as ${form === "rss" ? "RSS" : "a JSON Feed"}`,
    query: Language,
    bytes: "out",
    media: [media],
    answer: z.unknown(),
    handle: async ({ res, db, params, query, origin }) => {
      const asked = { runId: params.id, language: query.lang, form, origin };
      const text = await writeFeed(db, asked);
      sendBody(res, {
        status: 200,
        body: Buffer.from(text),
        headers: {
          "content-type": `${media}; charset=utf-8`,
          "cache-control": "public, max-age=300",
          // A feed is read by readers; whoever opens it in a browser must not run what an engineer wrote.
          "content-security-policy": "default-src 'none'; sandbox",
          "x-content-type-options": "nosniff",
        },
      });
      return undefined;
    },
  });
}
