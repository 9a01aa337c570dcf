import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FinishResetForm } from "#components/members/finish-reset-form.tsx";
import type { PageInput } from "../../../page-input.ts";
import { pageLocale } from "../../../page-locale.ts";
import { pageMetadata } from "../../../page-metadata.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("members");
  return await pageMetadata({ locale, path: "/reset/finish", title: words("resetHeading") });
}

export default async function FinishReset({ params }: Props) {
  await pageLocale(params);
  const words = await getTranslations("members");
  return (
    <>
      <section className="title wrap">
        <h1>{words("resetHeading")}</h1>
      </section>
      <section className="wrap">
        <FinishResetForm />
      </section>
    </>
  );
}
