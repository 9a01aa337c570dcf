import { Feed } from "feed";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import type { DailyLogItem } from "./contract.ts";
import { FEED_WORDS } from "./feed-words.ts";
import { listDailyLogs } from "./list-daily-logs.ts";

export type FeedForm = "rss" | "json";
type Asked = { runId: string; language: "en" | "zh"; form: FeedForm; origin: string };

const DAYS = 30;

/** The newest days of a run for feed readers. Throws `not_found` for an unknown run. */
export async function writeFeed(db: Db, { runId, language, form, origin }: Asked): Promise<string> {
  const run = await db.run.findUnique({
    where: { id: runId },
    select: { name: true, createdAt: true },
  });
  if (run === null) {
    throw new AppError("not_found", "There is no such run. Ask /api/v1/runs for those that exist.");
  }
  const words = FEED_WORDS[language];
  const { logs } = await listDailyLogs(db, { runId, limit: DAYS });
  const name = printable(run.name);
  const page = `${origin}/${language}/runs/${runId}/logs`;
  const address = `${origin}/api/v1/runs/${runId}/daily-logs`;
  const feed = new Feed({
    id: page,
    title: words.title(name),
    description: words.about(name),
    link: page,
    language: language === "zh" ? "zh-CN" : "en",
    generator: "CPM-Live",
    // The newest day's own time, so that an unchanged feed is the same bytes and its ETag holds.
    updated: new Date(logs[0]?.to ?? run.createdAt),
    feedLinks: { rss: `${address}.rss?lang=${language}`, json: `${address}.json?lang=${language}` },
  });
  for (const log of logs) {
    const link = `${origin}/${language}${log.url}`;
    const content = printable(contentOf(log, language));
    feed.addItem({
      ...{ id: link, link, title: words.day(log), date: new Date(log.to), content },
      ...(log.signedBy === null ? {} : { author: [{ name: log.signedBy }] }),
    });
  }
  return form === "rss" ? feed.rss2() : feed.json1();
}

function contentOf(log: DailyLogItem, language: "en" | "zh"): string {
  const words = FEED_WORDS[language];
  const figures = Object.entries(words.figures).flatMap(([name, label]) => {
    const value = log.figures[name as keyof DailyLogItem["figures"]];
    return value === null ? [] : [`<li>${label}: ${rounded(value)}</li>`];
  });
  const paragraphs = log.comment
    .split(/\n{2,}/)
    .filter((text) => text.trim() !== "")
    .map((text) => `<p>${escaped(text).replaceAll("\n", "<br>")}</p>`);
  const signed = log.signedBy === null ? [] : [`<p>${escaped(words.signed(log.signedBy))}</p>`];
  const events = `<p>${words.events(log.eventCount)}</p>`;
  return [`<ul>${figures.join("")}</ul>`, events, ...paragraphs, ...signed].join("\n");
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** XML has no way to write control characters, escaped or not. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
}
