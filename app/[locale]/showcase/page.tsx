import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ShowcasePage } from "#components/showcase/showcase-page.tsx";
import { parseShowcaseQuery, showcaseHref } from "#components/showcase/showcase-query.ts";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { pageMetadata } from "../../page-metadata.ts";
import { callRpc } from "../../rpc.ts";
import { toSearchParams } from "../../search-params.ts";
import "#components/initiatives/initiatives.css";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("showcase");
  const query = parseShowcaseQuery(toSearchParams(await searchParams));
  return await pageMetadata({ locale, path: showcaseHref(query), title: words("title") });
}

export default async function Showcase({ params, searchParams }: Props) {
  await pageLocale(params);
  const query = parseShowcaseQuery(toSearchParams(await searchParams));
  const rpc = callRpc().showcase;
  const [list, { collections }] = await Promise.all([rpc.list(query), rpc.collections()]);
  const month = new Date().toISOString().slice(0, 7);
  return <ShowcasePage {...{ query, list, collections, month }} />;
}
