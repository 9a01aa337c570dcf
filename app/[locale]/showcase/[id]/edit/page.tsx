import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ShowcaseForm } from "#components/showcase/showcase-form.tsx";
import type { PageInput } from "../../../../page-input.ts";
import { pageLocale } from "../../../../page-locale.ts";
import { pageMetadata } from "../../../../page-metadata.ts";
import { callRpc } from "../../../../rpc.ts";
import { showcaseOf } from "../../../../showcase-of.ts";
import "#components/initiatives/initiatives.css";

type Props = PageInput<{ locale: string; id: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const { id, title } = await showcaseOf((await params).id);
  const meta = await pageMetadata({ locale, path: `/showcase/${id}/edit`, title });
  return { ...meta, robots: { index: false } };
}

export default async function EditApplication({ params }: Props) {
  await pageLocale(params);
  const words = await getTranslations("showcase");
  const app = await showcaseOf((await params).id);
  if (!app.mine) {
    notFound();
  }
  const { uses } = await callRpc().showcase.uses();
  return (
    <>
      <section className="title wrap">
        <h1>{words("edit")}</h1>
      </section>
      <div className="wrap">
        <ShowcaseForm uses={uses} app={app} />
      </div>
    </>
  );
}
