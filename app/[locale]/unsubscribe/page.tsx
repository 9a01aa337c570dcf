import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UnsubscribeForm } from "#components/notifications/unsubscribe-form.tsx";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { pageMetadata } from "../../page-metadata.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("notifications");
  const meta = await pageMetadata({ locale, path: "/unsubscribe", title: words("stopTitle") });
  return { ...meta, robots: { index: false } };
}

export default async function Unsubscribe({ params, searchParams }: Props) {
  await pageLocale(params);
  const words = await getTranslations("notifications");
  return (
    <>
      <section className="title wrap">
        <h1>{words("stopTitle")}</h1>
      </section>
      <section className="wrap">
        <UnsubscribeForm token={String((await searchParams)["token"] ?? "")} />
      </section>
    </>
  );
}
