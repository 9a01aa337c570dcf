import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LicencePage } from "#components/releases/licence-page.tsx";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { pageMetadata } from "../../page-metadata.ts";
import { callRpc } from "../../rpc.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("models");
  return await pageMetadata({ locale, path: "/risks", title: words("texts.risks") });
}

export default async function Risks({ params }: Props) {
  const locale = await pageLocale(params);
  return <LicencePage texts={await callRpc().licences.texts({ locale })} document="risks" />;
}
