import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConfirmMail } from "#components/members/confirm-mail.tsx";
import type { PageInput } from "../../../page-input.ts";
import { pageLocale } from "../../../page-locale.ts";
import { pageMetadata } from "../../../page-metadata.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("account");
  return await pageMetadata({ locale, path: "/account/mail", title: words("mailNew") });
}

export default async function AccountMail({ params }: Props) {
  await pageLocale(params);
  const words = await getTranslations("account");
  return (
    <>
      <section className="title wrap">
        <h1>{words("mailNew")}</h1>
      </section>
      <section className="wrap">
        <ConfirmMail />
      </section>
    </>
  );
}
