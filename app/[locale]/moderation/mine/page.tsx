import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MinePage } from "#components/moderation/mine-page.tsx";
import type { PageInput } from "../../../page-input.ts";
import { pageLocale } from "../../../page-locale.ts";
import { pageMetadata } from "../../../page-metadata.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("moderation");
  return {
    ...(await pageMetadata({ locale, path: "/moderation/mine", title: words("mine") })),
    robots: { index: false },
  };
}

export default async function Mine({ params }: Props) {
  await pageLocale(params);
  const words = await getTranslations("moderation");
  return (
    <>
      <section className="title wrap">
        <h1>{words("mine")}</h1>
        <p className="lede">{words("mineSay")}</p>
      </section>
      <MinePage />
    </>
  );
}
