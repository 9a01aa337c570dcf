import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Link } from "#components/layout/navigation.ts";
import { ShowcaseForm } from "#components/showcase/showcase-form.tsx";
import type { PageInput } from "../../../page-input.ts";
import { pageLocale } from "../../../page-locale.ts";
import { pageMetadata } from "../../../page-metadata.ts";
import { callRpc } from "../../../rpc.ts";
import "#components/initiatives/initiatives.css";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("showcase");
  return await pageMetadata({ locale, path: "/showcase/new", title: words("submit") });
}

export default async function NewApplication({ params }: Props) {
  await pageLocale(params);
  const words = await getTranslations("showcase");
  const [{ member }, { uses }] = await Promise.all([
    callRpc().members.me(),
    callRpc().showcase.uses(),
  ]);
  return (
    <>
      <section className="title wrap">
        <h1>{words("submit")}</h1>
        <p className="lede">{words("submitAbout")}</p>
      </section>
      <div className="wrap">
        {member === null ? (
          <p className="notice">
            <Link href="/sign-in">{words("signInToSubmit")}</Link>
          </p>
        ) : (
          <ShowcaseForm uses={uses} />
        )}
      </div>
    </>
  );
}
