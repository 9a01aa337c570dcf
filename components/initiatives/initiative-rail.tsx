import { useFormatter, useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { ELIGIBILITY, type InitiativeDetail } from "#server/initiatives/contract.ts";
import { PredictionForm } from "./prediction-form.tsx";
import { VoteButton } from "./vote-button.tsx";

type RailProps = { initiative: InitiativeDetail; now: number };

/** Votes with every version's tally, approvals, and what members expect. */
export function InitiativeRail({ initiative, now }: RailProps) {
  const words = useTranslations("initiatives");
  const format = useFormatter();
  const { id, voted, eligible, cast, votable, versions, version, commentEndsAt } = initiative;
  if (initiative.state === "draft") {
    return null;
  }
  return (
    <>
      <section>
        <h2>{words("votes")}</h2>
        <VoteButton {...{ id, voted, eligible, votable }} />
        <p className="tally">
          <b>{eligible}</b> {words("eligible")} <span>{words("ofCast", { count: cast })}</span>
        </p>
        <table className="mini">
          <caption className="sr">{words("byVersion")}</caption>
          <thead>
            <tr>
              <th scope="col">{words("version")}</th>
              <th scope="col" className="n">
                {words("eligible")}
              </th>
              <th scope="col" className="n">
                {words("castHead")}
              </th>
            </tr>
          </thead>
          <tbody>
            {versions.map((one) => (
              <tr key={one.number}>
                <th scope="row">
                  {one.number === 1 ? (
                    one.number
                  ) : (
                    <Link href={`/initiatives/${id}/changes/${one.number}`}>
                      {words("changesOf", { number: one.number })}
                    </Link>
                  )}
                  {one.number === version && <> {words("current")}</>}
                </th>
                <td className="n">{one.eligible}</td>
                <td className="n">{one.cast}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="quiet">
          {commentEndsAt !== null &&
            words("commentEnds", { when: format.relativeTime(commentEndsAt, now) })}{" "}
          {words("eligibilityAbout", { days: ELIGIBILITY.accountDays, trust: ELIGIBILITY.trust })}{" "}
          <Link href={`/initiatives/${id}/voters`}>{words("voters")}</Link>
        </p>
      </section>
      <Approvals initiative={initiative} />
      <Predictions initiative={initiative} />
    </>
  );
}

function Approvals({ initiative }: { initiative: InitiativeDetail }) {
  const words = useTranslations("initiatives");
  const signed = initiative.approvals.filter(({ version }) => version === initiative.version);
  return signed.length === 0 ? null : (
    <section>
      <h2>{words("approvals")}</h2>
      <ul>
        {signed.map(({ member, reason }) => (
          <li key={member.id}>
            <b>{member.name}</b>: {reason}
          </li>
        ))}
      </ul>
      <p className="quiet">{words("approvalsAbout")}</p>
    </section>
  );
}

function Predictions({ initiative }: { initiative: InitiativeDetail }) {
  const words = useTranslations("initiatives");
  const format = useFormatter();
  return (
    <section>
      <h2>{words("predictions")}</h2>
      <ul>
        {initiative.predictions.map(({ metric, members, median }) => (
          <li key={metric}>
            <code>{metric}</code>{" "}
            {words("expected", {
              change: format.number(median, { signDisplay: "always", maximumSignificantDigits: 3 }),
              members,
            })}
          </li>
        ))}
      </ul>
      <PredictionForm id={initiative.id} />
    </section>
  );
}
