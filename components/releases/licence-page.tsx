import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { Markdown } from "#components/markdown/markdown.tsx";
import { FileHash } from "#components/runs/file-hash.tsx";
import type { LicenceTexts } from "#server/licences/contract.ts";

type LicencePageProps = { texts: LicenceTexts; document: "licence" | "risks" };

/** The licence or the notice of risks, word by word as it is accepted. */
export function LicencePage({ texts, document }: LicencePageProps) {
  const words = useTranslations("models");
  const { markdown, sha256 } = texts[document];
  const [heading = "", ...rest] = markdown.split("\n");
  const other = document === "licence" ? "risks" : "licence";
  return (
    <>
      <section className="title wrap">
        <p className="crumb">
          <Link href="/models">{words("title")}</Link>
        </p>
        <h1>{heading.replace(/^# /, "")}</h1>
      </section>
      <div className="page wrap licence-text">
        <article>
          <h2 className="sr">{words(`texts.${document}`)}</h2>
          <Markdown text={rest.join("\n").trim()} prefix={`${document}-`} />
          <p className="note">
            {words("texts.hash")} <FileHash sha256={sha256} />
          </p>
          <p>
            <Link href={`/${other}`}>{words(`texts.${other}`)}</Link>
            {" · "}
            <Link href="/models">{words("texts.models")}</Link>
          </p>
        </article>
      </div>
    </>
  );
}
