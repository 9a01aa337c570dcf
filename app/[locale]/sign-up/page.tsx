import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AskMailForm } from "#components/members/ask-mail-form.tsx";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { pageMetadata } from "../../page-metadata.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("members");
  return await pageMetadata({ locale, path: "/sign-up", title: words("signUpHeading") });
}

export default async function SignUp({ params }: Props) {
  await pageLocale(params);
  const words = await getTranslations("members");
  return (
    <>
      <section className="title wrap">
        <h1>{words("signUpHeading")}</h1>
        <p className="lede">{words("signUpLede")}</p>
      </section>
      <section className="wrap">
        <AskMailForm purpose="signUp" />
      </section>
    </>
  );
}
