import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ForumPage } from "#components/forum/forum-page.tsx";
import { listHref, parseForumQuery } from "#components/forum/forum-query.ts";
import type { Locale } from "#components/layout/locales.ts";
import type { Category } from "#server/forum/contract.ts";
import { pageMetadata } from "./page-metadata.ts";
import { callRpc } from "./rpc.ts";
import { toSearchParams } from "./search-params.ts";

type Asked = {
  locale: Locale;
  category?: Category;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Title, addresses and feed of a list of threads. */
export async function forumMetadata({ locale, category, searchParams }: Asked): Promise<Metadata> {
  const words = await getTranslations("forum");
  const query = parseForumQuery(toSearchParams(await searchParams), category);
  const title = category === undefined ? words("title") : words(`category.${category}`);
  const meta = await pageMetadata({ locale, path: listHref(query), title });
  const feed = `/${locale}${listHref(query, "/feed")}`;
  return {
    ...meta,
    alternates: { ...meta.alternates, types: { "application/rss+xml": [{ url: feed, title }] } },
  };
}

export async function ForumList({ category, searchParams }: Asked) {
  const query = parseForumQuery(toSearchParams(await searchParams), category);
  return <ForumPage query={query} list={await callRpc().forum.list(query)} />;
}
