import { createHash } from "node:crypto";
import { Feed } from "feed";
import type { Locale } from "#components/layout/locales.ts";
import { LANGUAGE_TAG } from "#components/layout/locales.ts";
import { requestOrigin } from "./origin.ts";

type FeedItem = { path: string; title: string; text: string; author: string; at: number };
type FeedText = {
  locale: Locale;
  title: string;
  about: string;
  /** Of the page and of the feed itself, without the language. */
  path: string;
  feedPath: string;
  items: FeedItem[];
};

const LONGEST_TEXT = 4_000;

/** A list as RSS. Texts go out as they were written, Markdown and all, so that no reader runs anything of them. */
export async function answerFeed(req: Request, feed: FeedText): Promise<Response> {
  const text = await writeFeed(feed);
  const etag = `"${createHash("sha256").update(text).digest("hex").slice(0, 32)}"`;
  const headers = {
    "content-type": "application/rss+xml; charset=utf-8",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "public, max-age=60",
    etag,
  };
  return req.headers.get("if-none-match") === etag
    ? new Response(null, { status: 304, headers })
    : new Response(text, { headers });
}

async function writeFeed({ locale, title, about, path, feedPath, items }: FeedText) {
  const origin = await requestOrigin();
  const address = (part: string) => `${origin}/${locale}${part}`;
  const feed = new Feed({
    id: address(path),
    link: address(path),
    title: printable(title),
    description: printable(about),
    language: LANGUAGE_TAG[locale],
    generator: "CPM-Live",
    // The newest item's own time, so that an unchanged feed is the same bytes.
    updated: new Date(Math.max(0, ...items.map(({ at }) => at))),
    feedLinks: { rss: address(feedPath) },
  });
  for (const item of items) {
    const link = address(item.path);
    feed.addItem({
      ...{ id: link, link, title: printable(item.title), date: new Date(item.at) },
      author: [{ name: item.author }],
      content: `<pre>${escaped(printable(item.text.slice(0, LONGEST_TEXT)))}</pre>`,
    });
  }
  return feed.rss2();
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Without the characters that XML cannot hold in any way, halves of pairs among them. */
const printable = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
  text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu, "");
