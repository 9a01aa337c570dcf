import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ModelsPage } from "#components/releases/models-page.tsx";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { pageMetadata } from "../../page-metadata.ts";
import { callRpc } from "../../rpc.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("models");
  return await pageMetadata({ locale, path: "/models", title: words("title") });
}

export default async function Models({ params }: Props) {
  await pageLocale(params);
  return <ModelsPage {...(await callRpc().releases.families())} />;
}
