import { useFormatter, useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import type { Trial, TrialVerdict } from "#server/initiatives/contract.ts";

/** Each trial: what was fixed before it, where it stands on the curve, and what the data say. */
export function TrialList({ trials }: { trials: readonly Trial[] }) {
  const words = useTranslations("initiatives");
  const format = useFormatter();
  return trials.length === 0 ? null : (
    <section className="sec-in" id="trial">
      <h2>{words("trialTitle")}</h2>
      {trials.map((trial) => (
        <article key={trial.id}>
          <p>
            <b>{words(`trialState.${trial.state}`)}</b>{" "}
            <Link
              href={
                trial.fromStep === null
                  ? `/runs/${trial.runId}`
                  : `/runs/${trial.runId}?from=${Math.max(0, trial.fromStep - trial.window)}&to=${trial.fromStep + trial.window}`
              }
            >
              {trial.runName}
            </Link>
            {trial.fromStep !== null && (
              <> · {words("fromStep", { step: format.number(trial.fromStep) })}</>
            )}
            {trial.endStep !== null && (
              <> · {words("endStep", { step: format.number(trial.endStep) })}</>
            )}
          </p>
          <p>
            <code>
              {trial.patch.map(({ path, value }) => `${path} = ${JSON.stringify(value)}`)}
            </code>
          </p>
          {trial.verdict !== null && <VerdictTable verdict={trial.verdict} />}
          {trial.overruled && <p className="notice">{words("overruled")}</p>}
          {trial.endReason !== null && <p className="quiet">{trial.endReason}</p>}
          <p className="quiet">
            {words("sealed", {
              day: format.dateTime(trial.sealedAt, { dateStyle: "medium", timeStyle: "short" }),
              window: trial.window,
              stable: trial.stableSteps,
            })}{" "}
            <code>{trial.hash}</code>
          </p>
        </article>
      ))}
    </section>
  );
}

function VerdictTable({ verdict }: { verdict: TrialVerdict }) {
  const words = useTranslations("initiatives");
  const format = useFormatter();
  const signed = (value: number) =>
    format.number(value, { signDisplay: "always", maximumFractionDigits: 4 });
  const limits = ({ accept, abort }: { accept?: number | undefined; abort?: number | undefined }) =>
    [
      accept === undefined ? null : words("acceptAt", { change: signed(accept) }),
      abort === undefined ? null : words("abortAt", { change: signed(abort) }),
    ]
      .filter((part) => part !== null)
      .join(" · ");
  return (
    <>
      <p>
        <b>{words(`proposes.${verdict.proposal}`)}</b>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className="scroll" aria-label={words("verdict")} tabIndex={0}>
        <table className="grid-table stacking">
          <caption className="sr">{words("verdict")}</caption>
          <thead>
            <tr>
              <th scope="col">{words("metric")}</th>
              <th scope="col">{words("changeHead")}</th>
              <th scope="col">{words("interval")}</th>
              <th scope="col">{words("bounds")}</th>
              <th scope="col">{words("outcome")}</th>
            </tr>
          </thead>
          <tbody>
            {verdict.findings.map((finding) => (
              <tr key={finding.metric}>
                <th scope="row">
                  <code>{finding.metric}</code>
                </th>
                <td data-label={words("changeHead")}>{signed(finding.change)}</td>
                <td data-label={words("interval")}>
                  {words("range", { low: signed(finding.low), high: signed(finding.high) })}
                </td>
                <td data-label={words("bounds")}>{limits(finding)}</td>
                <td data-label={words("outcome")}>{words(`found.${finding.outcome}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="quiet">
        {verdict.confounders.length === 0
          ? words("nothingElse")
          : words("alsoChanged", {
              changes: verdict.confounders
                .map(({ step, message }) => `${format.number(step)}: ${message}`)
                .join("; "),
            })}
      </p>
    </>
  );
}
