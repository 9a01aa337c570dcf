import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { InitiativesPage } from "#components/initiatives/initiatives-page.tsx";
import {
  initiativesHref,
  parseInitiativesQuery,
} from "#components/initiatives/initiatives-query.ts";
import { ListInitiatives } from "#server/initiatives/contract.ts";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { pageMetadata } from "../../page-metadata.ts";
import { callRpc } from "../../rpc.ts";
import { toSearchParams } from "../../search-params.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("initiatives");
  const query = parseInitiativesQuery(toSearchParams(await searchParams));
  return await pageMetadata({ locale, path: initiativesHref(query), title: words("section") });
}

export default async function Initiatives({ params, searchParams }: Props) {
  await pageLocale(params);
  const query = parseInitiativesQuery(toSearchParams(await searchParams));
  const rpc = callRpc().initiatives;
  const [list, counts, overdue, budget] = await Promise.all([
    rpc.list(ListInitiatives.parse(query)),
    rpc.counts(),
    rpc.overdue(),
    rpc.budget(),
  ]);
  return <InitiativesPage {...{ query, list, counts, overdue, budget }} now={Date.now()} />;
}
