import { useLocale, useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import type { ActList } from "#server/moderation/contract.ts";
import { ActRow } from "./act-row.tsx";
import { LiftForm } from "./lift-form.tsx";

/** Everything that moderators did, for everyone to read. */
export function LogPage({ list, first }: { list: ActList; first: boolean }) {
  const words = useTranslations("moderation");
  const { acts, next } = list;
  return (
    <>
      <section className="title wrap">
        <h1>{words("log")}</h1>
        <p className="lede">{words("logSay")}</p>
      </section>
      <section className="wrap" aria-label={words("log")}>
        {acts.length === 0 ? (
          <p className="empty">
            <span>{words("noActs")}</span>
          </p>
        ) : (
          <ol className="thread-list">
            {acts.map((act) => (
              <ActRow key={act.id} act={act}>
                <LiftForm act={act} />
              </ActRow>
            ))}
          </ol>
        )}
        <p className="actions pages">
          <a href={`/${useLocale()}/moderation/feed`}>{words("feed")}</a>
          {!first && <Link href="/moderation">{words("toFirst")}</Link>}
          {next !== null && (
            <Link href={{ pathname: "/moderation", query: { after: `${next.at}.${next.id}` } }}>
              {words("older")}
            </Link>
          )}
        </p>
      </section>
    </>
  );
}
