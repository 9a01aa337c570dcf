import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { useFormats } from "#components/runs/use-formats.ts";
import type { FamilyItem, ReleaseItem } from "#server/releases/contract.ts";

type NewestProps = { family: FamilyItem; release: ReleaseItem };

/** The newest release, what it weighs and under which terms it can be had. */
export function NewestRelease({ family, release }: NewestProps) {
  const words = useTranslations("homeParts");
  const formats = useFormats();
  const facts = [
    words("ofStep", { step: formats.step(release.step) }),
    release.parameters === null
      ? null
      : words("parameters", { count: formats.count(release.parameters) }),
    formats.bytes(release.bytes),
  ];
  return (
    <section>
      <div className="head">
        <h2>{words("newest")}</h2>
        <Link href="/models">{words("allModels")}</Link>
      </div>
      <p className="release-name">
        <Link href={`/models/${family.id}`}>
          {family.title} {release.version}
        </Link>
        <span>{facts.filter((fact) => fact !== null).join(" · ")}</span>
      </p>
      <p className="actions">
        <Link className="btn main" href={`/models/${family.id}`}>
          {words("download")}
        </Link>
      </p>
      <p className="quiet">
        {words.rich("terms", {
          licence: (text) => <Link href="/licence">{text}</Link>,
          risks: (text) => <Link href="/risks">{text}</Link>,
        })}
      </p>
    </section>
  );
}
