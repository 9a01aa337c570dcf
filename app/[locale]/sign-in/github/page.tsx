import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { GithubReturn } from "#components/members/github-return.tsx";
import type { PageInput } from "../../../page-input.ts";
import { pageLocale } from "../../../page-locale.ts";
import { pageMetadata } from "../../../page-metadata.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("account");
  const metadata = await pageMetadata({
    locale,
    path: "/sign-in/github",
    title: words("githubTitle"),
  });
  return { ...metadata, robots: { index: false }, referrer: "no-referrer" };
}

export default async function GithubBack({ params, searchParams }: Props) {
  await pageLocale(params);
  const words = await getTranslations("account");
  const { code, state } = await searchParams;
  return (
    <>
      <section className="title wrap">
        <h1>{words("githubTitle")}</h1>
      </section>
      <section className="wrap">
        <GithubReturn code={one(code)} state={one(state)} />
      </section>
    </>
  );
}

const one = (value: string | string[] | undefined): string =>
  typeof value === "string" ? value : "";
