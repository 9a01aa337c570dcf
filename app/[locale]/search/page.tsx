import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SearchPage } from "#components/search/search-page.tsx";
import { SearchQuery } from "#server/search/contract.ts";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { pageMetadata } from "../../page-metadata.ts";
import { callRpc } from "../../rpc.ts";
import { toSearchParams } from "../../search-params.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("search");
  return {
    ...(await pageMetadata({ locale, path: "/search", title: words("title") })),
    robots: { index: false },
  };
}

export default async function Search({ params, searchParams }: Props) {
  await pageLocale(params);
  const asked = toSearchParams(await searchParams);
  const next = Number(asked.get("next") ?? Number.NaN);
  const query = SearchQuery.safeParse({
    q: asked.get("q") ?? "",
    ...(Number.isInteger(next) && next > 0 ? { next } : {}),
  });
  const page = query.success ? await callRpc().search.find(query.data) : null;
  const q = asked.get("q")?.slice(0, 200) ?? "";
  return <SearchPage q={q} page={page} first={query.data?.next === undefined} />;
}
