import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ReviseForm } from "#components/initiatives/revise-form.tsx";
import { Link } from "#components/layout/navigation.ts";
import { initiativeOf } from "../../../../initiative-of.ts";
import type { PageInput } from "../../../../page-input.ts";
import { pageLocale } from "../../../../page-locale.ts";
import { pageMetadata } from "../../../../page-metadata.ts";
import "#components/initiatives/initiatives.css";

type Props = PageInput<{ locale: string; id: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("initiatives");
  const path = `/initiatives/${(await params).id}/edit`;
  return await pageMetadata({ locale, path, title: words("revise") });
}

export default async function EditInitiative({ params }: Props) {
  await pageLocale(params);
  const words = await getTranslations("initiatives");
  const initiative = await initiativeOf((await params).id);
  if (!initiative.mine) {
    notFound();
  }
  return (
    <>
      <section className="title wrap">
        <p className="crumb">
          <Link href={`/initiatives/${initiative.id}`}>{initiative.title}</Link>
        </p>
        <h1>{words("revise")}</h1>
      </section>
      <div className="wrap">
        <ReviseForm initiative={initiative} />
      </div>
    </>
  );
}
