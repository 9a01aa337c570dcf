import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LogPage } from "#components/moderation/log-page.tsx";
import { ListActs } from "#server/moderation/contract.ts";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { pageMetadata } from "../../page-metadata.ts";
import { callRpc } from "../../rpc.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("moderation");
  const title = words("log");
  const meta = await pageMetadata({ locale, path: "/moderation", title });
  const types = { "application/rss+xml": [{ url: `/${locale}/moderation/feed`, title }] };
  return { ...meta, alternates: { ...meta.alternates, types } };
}

export default async function Moderation({ params, searchParams }: Props) {
  await pageLocale(params);
  const [at = "", id] = String((await searchParams)["after"] ?? "").split(".");
  const asked = ListActs.safeParse(id === undefined ? {} : { cursor: { at: Number(at), id } });
  const query = asked.data ?? ListActs.parse({});
  const list = await callRpc().moderation.log(query);
  return <LogPage list={list} first={query.cursor === undefined} />;
}
