import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountPage } from "#components/members/account-page.tsx";
import { dehydrated } from "../../dehydrated.ts";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { pageMetadata } from "../../page-metadata.ts";
import { callRpc, requestQueryClient, rpc } from "../../rpc.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("members");
  return await pageMetadata({ locale, path: "/account", title: words("account") });
}

export default async function Account({ params }: Props) {
  await pageLocale(params);
  const words = await getTranslations("members");
  const { member } = await callRpc().members.me();
  if (member !== null) {
    const client = requestQueryClient();
    const { sessions, profile, github, data } = rpc.members;
    await Promise.all([
      client.prefetchQuery(sessions.queryOptions()),
      client.prefetchQuery(profile.settings.queryOptions()),
      client.prefetchQuery(github.offer.queryOptions()),
      client.prefetchQuery(data.tokens.queryOptions()),
      client.prefetchQuery(data.exports.queryOptions()),
    ]);
  }
  return (
    <HydrationBoundary state={dehydrated()}>
      <section className="title wrap">
        <h1>{words("account")}</h1>
      </section>
      <AccountPage />
    </HydrationBoundary>
  );
}
