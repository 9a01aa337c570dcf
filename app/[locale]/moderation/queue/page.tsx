import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { QueuePage } from "#components/moderation/queue-page.tsx";
import type { PageInput } from "../../../page-input.ts";
import { pageLocale } from "../../../page-locale.ts";
import { pageMetadata } from "../../../page-metadata.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("moderation");
  return {
    ...(await pageMetadata({ locale, path: "/moderation/queue", title: words("queue") })),
    robots: { index: false },
  };
}

export default async function Queue({ params }: Props) {
  await pageLocale(params);
  const words = await getTranslations("moderation");
  return (
    <>
      <section className="title wrap">
        <h1>{words("queue")}</h1>
        <p className="lede">{words("queueSay")}</p>
      </section>
      <QueuePage />
    </>
  );
}
