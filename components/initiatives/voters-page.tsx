import { useFormatter, useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import type { Voters } from "#server/initiatives/contract.ts";
import "./initiatives.css";

/** Who voted, by name; those who asked not to be named are counted. */
export function VotersPage({ id, voters }: { id: number; voters: Voters }) {
  const words = useTranslations("initiatives");
  const format = useFormatter();
  return (
    <>
      <section className="title wrap">
        <p className="crumb">
          <Link href="/initiatives">{words("section")}</Link> /{" "}
          <Link href={`/initiatives/${id}`}>{id}</Link>
        </p>
        <h1>{words("votersTitle", { id })}</h1>
        <p className="lede">{words("anonymous", { count: voters.anonymous })}</p>
      </section>
      <section className="sec wrap">
        <h2>{words("voters")}</h2>
        {voters.members.length === 0 ? (
          <p className="empty">{words("nobody")}</p>
        ) : (
          <ul>
            {voters.members.map(({ name, eligible, castAt }) => (
              <li key={name}>
                <Link href={`/members/${name}`}>{name}</Link>{" "}
                <span className="note">
                  {format.dateTime(castAt, { dateStyle: "medium" })}
                  {eligible && <> · {words("eligible")}</>}
                </span>
              </li>
            ))}
          </ul>
        )}
        {voters.next !== null && (
          <p>
            <Link href={`/initiatives/${id}/voters?next=${voters.next}`}>{words("more")}</Link>
          </p>
        )}
      </section>
    </>
  );
}
