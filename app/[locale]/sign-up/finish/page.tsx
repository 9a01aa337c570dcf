import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FinishSignUpForm } from "#components/members/finish-sign-up-form.tsx";
import type { PageInput } from "../../../page-input.ts";
import { pageLocale } from "../../../page-locale.ts";
import { pageMetadata } from "../../../page-metadata.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("members");
  return await pageMetadata({ locale, path: "/sign-up/finish", title: words("finishHeading") });
}

export default async function FinishSignUp({ params }: Props) {
  await pageLocale(params);
  const words = await getTranslations("members");
  return (
    <>
      <section className="title wrap">
        <h1>{words("finishHeading")}</h1>
      </section>
      <section className="wrap">
        <FinishSignUpForm />
      </section>
    </>
  );
}
