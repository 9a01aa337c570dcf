import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NotificationsPage } from "#components/notifications/notifications-page.tsx";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { pageMetadata } from "../../page-metadata.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("notifications");
  return {
    ...(await pageMetadata({ locale, path: "/notifications", title: words("title") })),
    robots: { index: false },
  };
}

export default async function Notifications({ params }: Props) {
  await pageLocale(params);
  const words = await getTranslations("notifications");
  return (
    <>
      <section className="title wrap">
        <h1>{words("title")}</h1>
      </section>
      <NotificationsPage />
    </>
  );
}
