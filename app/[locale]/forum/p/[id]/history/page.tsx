import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { HistoryPage } from "#components/forum/history-page.tsx";
import { existing } from "../../../../../existing.ts";
import type { PageInput } from "../../../../../page-input.ts";
import { pageLocale } from "../../../../../page-locale.ts";
import { pageMetadata } from "../../../../../page-metadata.ts";
import { callRpc } from "../../../../../rpc.ts";

type Props = PageInput<{ locale: string; id: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("forum");
  const path = `/forum/p/${(await params).id}/history`;
  return {
    ...(await pageMetadata({ locale, path, title: words("history") })),
    robots: { index: false },
  };
}

export default async function History({ params }: Props) {
  await pageLocale(params);
  const { id } = await params;
  if (!/^[1-9]\d{0,8}$/.test(id)) {
    notFound();
  }
  return <HistoryPage history={await existing(callRpc().forum.history({ postId: Number(id) }))} />;
}
