import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewThreadForm } from "#components/forum/new-thread-form.tsx";
import { isCategory } from "#server/forum/contract.ts";
import type { PageInput } from "../../../page-input.ts";
import { pageLocale } from "../../../page-locale.ts";
import { pageMetadata } from "../../../page-metadata.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("forum");
  return await pageMetadata({ locale, path: "/forum/new", title: words("newThread") });
}

export default async function NewThread({ params, searchParams }: Props) {
  await pageLocale(params);
  const words = await getTranslations("forum");
  const asked = (await searchParams)["category"];
  const category = typeof asked === "string" && isCategory(asked) ? asked : "academic";
  return (
    <>
      <section className="title wrap">
        <h1>{words("newThread")}</h1>
        <p className="lede">{words("newThreadSay")}</p>
      </section>
      <div className="wrap">
        <NewThreadForm category={category} />
      </div>
    </>
  );
}
