import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignInForm } from "#components/members/sign-in-form.tsx";
import { dehydrated } from "../../dehydrated.ts";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { pageMetadata } from "../../page-metadata.ts";
import { requestQueryClient, rpc } from "../../rpc.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("members");
  return await pageMetadata({ locale, path: "/sign-in", title: words("signIn") });
}

export default async function SignIn({ params }: Props) {
  await pageLocale(params);
  const words = await getTranslations("members");
  await requestQueryClient().prefetchQuery(rpc.members.github.offer.queryOptions());
  return (
    <HydrationBoundary state={dehydrated(["github"])}>
      <section className="title wrap">
        <h1>{words("signIn")}</h1>
      </section>
      <section className="wrap">
        <SignInForm />
      </section>
    </HydrationBoundary>
  );
}
