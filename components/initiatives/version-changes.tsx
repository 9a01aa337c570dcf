import { useFormatter, useTranslations } from "next-intl";
import { TextChanges } from "#components/forum/text-changes.tsx";
import { Link } from "#components/layout/navigation.ts";
import type { InitiativeDetail, VersionText } from "#server/initiatives/contract.ts";
import "#components/forum/forum.css";
import "./initiatives.css";

const PARTS = ["problem", "proposal", "effect", "measure"] as const;
/** Changed words in one part that are still compared one by one. */
const MOST = 400;

type Versions = { initiative: InitiativeDetail; before: VersionText; after: VersionText };

/** What a version changed, part by part, and why. */
export function VersionChanges({ initiative, before, after }: Versions) {
  const words = useTranslations("initiatives");
  const format = useFormatter();
  const { id } = initiative;
  const note = initiative.versions.find(({ number }) => number === after.number)?.note ?? "";
  return (
    <>
      <section className="title wrap">
        <p className="crumb">
          <Link href="/initiatives">{words("section")}</Link> /{" "}
          <Link href={`/initiatives/${id}`}>{id}</Link>
        </p>
        <h1>{words("changesTitle", { before: before.number, after: after.number })}</h1>
        <p className="lede">{note}</p>
        <p className="facts">{format.dateTime(after.createdAt, { dateStyle: "long" })}</p>
      </section>
      <section className="sec wrap">
        <h2>{words("titleLabel")}</h2>
        <div className="diff">
          <TextChanges before={before.title} after={after.title} most={MOST} />
        </div>
      </section>
      {PARTS.map((part) => (
        <section className="sec wrap" key={part}>
          <h2>{words(part)}</h2>
          <div className="diff">
            <TextChanges before={before.text[part]} after={after.text[part]} most={MOST} />
          </div>
        </section>
      ))}
      <section className="sec wrap">
        <h2>{words("hoursLabel")}</h2>
        <div className="diff">
          <TextChanges
            before={String(before.text.gpuHours ?? 0)}
            after={String(after.text.gpuHours ?? 0)}
            most={MOST}
          />
        </div>
      </section>
    </>
  );
}
