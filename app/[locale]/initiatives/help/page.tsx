import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MovesFigure } from "#components/initiatives/moves-figure.tsx";
import { MovesTable } from "#components/initiatives/moves-table.tsx";
import { Link } from "#components/layout/navigation.ts";
import type { PageInput } from "../../../page-input.ts";
import { pageLocale } from "../../../page-locale.ts";
import { pageMetadata } from "../../../page-metadata.ts";
import { callRpc } from "../../../rpc.ts";
import "#components/initiatives/initiatives.css";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("initiatives");
  return await pageMetadata({ locale, path: "/initiatives/help", title: words("howItTravels") });
}

export default async function InitiativesHelp({ params }: Props) {
  await pageLocale(params);
  const words = await getTranslations("initiatives");
  const moves = await callRpc().initiatives.moves();
  return (
    <>
      <section className="title wrap">
        <p className="crumb">
          <Link href="/initiatives">{words("section")}</Link>
        </p>
        <h1>{words("howItTravels")}</h1>
        <p className="lede">{words("helpAbout")}</p>
      </section>
      <section className="wrap">
        <MovesFigure moves={moves} />
        <MovesTable moves={moves} />
      </section>
    </>
  );
}
