import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { CollectionPage } from "#components/showcase/collection-page.tsx";
import { Month } from "#server/showcase/contract.ts";
import type { PageInput } from "../../../../page-input.ts";
import { pageLocale } from "../../../../page-locale.ts";
import { pageMetadata } from "../../../../page-metadata.ts";
import { callRpc } from "../../../../rpc.ts";
import "#components/initiatives/initiatives.css";

type Props = PageInput<{ locale: string; month: string }>;

/** A month that is here already; there is no collection of the future. */
async function monthOf(params: Props["params"]): Promise<string> {
  const { success, data } = Month.safeParse((await params).month);
  if (!success || data > new Date().toISOString().slice(0, 7)) {
    notFound();
  }
  return data;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("showcase");
  const month = await monthOf(params);
  const title = words("collectionOf", { month });
  return await pageMetadata({ locale, path: `/showcase/collections/${month}`, title });
}

export default async function MonthlyCollection({ params }: Props) {
  await pageLocale(params);
  const month = await monthOf(params);
  return <CollectionPage collection={await callRpc().showcase.collection({ month })} />;
}
