import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OffersPage } from "#components/admin/offers-page.tsx";
import { adminOnly } from "../../../admin-only.ts";
import type { PageInput } from "../../../page-input.ts";
import { pageLocale } from "../../../page-locale.ts";
import { pageMetadata } from "../../../page-metadata.ts";
import { callRpc } from "../../../rpc.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("admin");
  const meta = await pageMetadata({
    ...{ locale, path: "/admin/support", title: words("offersTitle") },
  });
  return { ...meta, robots: { index: false } };
}

export default async function Offers({ params }: Props) {
  await pageLocale(params);
  await adminOnly();
  return <OffersPage offers={(await callRpc().support.offers({})).offers} />;
}
