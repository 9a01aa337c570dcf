import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SupportPage } from "#components/support/support-page.tsx";
import { requestOrigin } from "../../origin.ts";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { pageMetadata } from "../../page-metadata.ts";
import { prefetchOnAir } from "../../prefetch.ts";
import { callRpc } from "../../rpc.ts";
import "#components/initiatives/initiatives.css";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("support");
  return await pageMetadata({ locale, path: "/support", title: words("title") });
}

export default async function Support({ params }: Props) {
  await pageLocale(params);
  const [{ thanks }, onAir, origin] = await Promise.all([
    callRpc().support.thanks(),
    prefetchOnAir(),
    requestOrigin(),
  ]);
  return <SupportPage thanks={thanks} origin={origin} runId={onAir?.id ?? null} />;
}
