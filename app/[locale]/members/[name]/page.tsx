import { HydrationBoundary } from "@tanstack/react-query";
import { TRPCError } from "@trpc/server";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ProfilePage } from "#components/members/profile-page.tsx";
import type { Profile } from "#server/members/contract.ts";
import { dehydrated } from "../../../dehydrated.ts";
import type { PageInput } from "../../../page-input.ts";
import { pageLocale } from "../../../page-locale.ts";
import { pageMetadata } from "../../../page-metadata.ts";
import { requestQueryClient, rpc } from "../../../rpc.ts";

type Props = PageInput<{ locale: string; name: string }>;

/** The member of the address. One who does not exist is a page that does not exist. */
async function readMember(name: string): Promise<Profile> {
  try {
    return await requestQueryClient().fetchQuery(rpc.members.profile.read.queryOptions({ name }));
  } catch (error) {
    if (
      error instanceof TRPCError &&
      (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST")
    ) {
      notFound();
    }
    throw error;
  }
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const { name } = await readMember(decodeURIComponent((await params).name));
  const metadata = await pageMetadata({ locale, path: `/members/${name}`, title: name });
  const words = await getTranslations("profile");
  const types = {
    "application/rss+xml": [{ url: `/${locale}/members/${name}/feed`, title: name }],
  };
  const alternates = { ...metadata.alternates, types };
  return { ...metadata, alternates, description: words("about", { name }) };
}

export default async function Member({ params }: Props) {
  await pageLocale(params);
  const name = decodeURIComponent((await params).name);
  await readMember(name);
  const activity = rpc.members.profile.activity.infiniteQueryOptions(
    { name },
    { getNextPageParam: ({ next }) => next, initialCursor: null },
  );
  await requestQueryClient().prefetchInfiniteQuery(activity);
  return (
    <HydrationBoundary state={dehydrated(["profile"])}>
      <ProfilePage name={name} />
    </HydrationBoundary>
  );
}
