import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MembersPage } from "#components/members/members-page.tsx";
import { dehydrated } from "../../dehydrated.ts";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { pageMetadata } from "../../page-metadata.ts";
import { requestQueryClient, rpc } from "../../rpc.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("profile");
  return await pageMetadata({ locale, path: "/members", title: words("title") });
}

export default async function Members({ params }: Props) {
  await pageLocale(params);
  const words = await getTranslations("profile");
  const client = requestQueryClient();
  const [team] = await Promise.all([
    client.fetchQuery(rpc.members.profile.team.queryOptions()),
    client.prefetchQuery(rpc.members.profile.rules.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={dehydrated(["profile"])}>
      <section className="title wrap">
        <h1>{words("title")}</h1>
        <p className="lede">{words("lede", { count: team.total })}</p>
      </section>
      <MembersPage />
    </HydrationBoundary>
  );
}
