"use client";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { RunProof as Proof } from "#server/initiatives/contract.ts";

/** How long a change that nobody's page was told of may go unseen. */
const POLL_MS = 15_000;

/** What the run trains with, as a sum: its recipe and every decided change since, each checked anew by the server. */
export function RunProof({ runId, live }: { runId: string; live: boolean }) {
  const words = useTranslations("trials");
  const { data } = useQuery(
    useTRPC().initiatives.ofRun.queryOptions(
      { runId },
      { refetchInterval: live ? POLL_MS : false },
    ),
  );
  if (data === undefined || (data.trials.length === 0 && data.changes.length === 0)) {
    return null;
  }
  return (
    <section className="sec wrap" id="proof">
      <h2>
        {words("proofTitle")} <small>{words("proofNote")}</small>
      </h2>
      <div>
        <Changes proof={data} />
        <Sum proof={data} />
        <Requests proof={data} />
      </div>
    </section>
  );
}

function Changes({ proof: { changes, trials } }: { proof: Proof }) {
  const words = useTranslations("trials");
  const format = useFormatter();
  return (
    <ol className="proof">
      <li>{words("recipe")}</li>
      {changes.map(({ commandId, step, path, value, trialId, back }) => {
        const trial = trials.find(({ id }) => id === trialId);
        return (
          <li key={commandId}>
            {words("atStep", { step: format.number(step) })}{" "}
            <code>
              {path} = {value}
            </code>{" "}
            {trial === undefined ? (
              <a href="#control">{words("byCommand")}</a>
            ) : (
              <Link href={`/initiatives/${trial.initiativeId}`}>
                {words(back ? "takesBack" : "byInitiative", {
                  id: trial.initiativeId,
                  title: trial.title,
                })}
              </Link>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Sum({ proof: { controls, checkpoint } }: { proof: Proof }) {
  const words = useTranslations("trials");
  const format = useFormatter();
  return (
    <>
      <p>
        <b>{words("sum")}</b> <Controls controls={controls} />
      </p>
      <p>
        {checkpoint === null ? (
          <span className="quiet">{words("notChecked")}</span>
        ) : (
          <span className={checkpoint.agrees ? "state good" : "state bad"}>
            {words(checkpoint.agrees ? "agrees" : "differs", {
              step: format.number(checkpoint.step),
            })}{" "}
            {!checkpoint.agrees && <Controls controls={checkpoint} />}
          </span>
        )}
      </p>
    </>
  );
}

function Controls({ controls }: { controls: Proof["controls"] }) {
  const words = useTranslations("trials");
  const weights = Object.entries(controls.weights).map(([name, weight]) => `${name} ${weight}`);
  return (
    <>
      {words("factor", { factor: String(controls.rate) })}
      {"; "}
      {weights.length === 0 ? words("stageMix") : words("weights", { weights: weights.join(", ") })}
    </>
  );
}

function Requests({ proof: { trials } }: { proof: Proof }) {
  const words = useTranslations("trials");
  return trials.length === 0 ? null : (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="scroll" aria-label={words("requests")} tabIndex={0}>
      <table className="grid-table stacking">
        <caption className="sr">{words("requests")}</caption>
        <thead>
          <tr>
            <th scope="col">{words("initiative")}</th>
            <th scope="col">{words("change")}</th>
            <th scope="col">{words("stateHead")}</th>
            <th scope="col">{words("hash")}</th>
          </tr>
        </thead>
        <tbody>
          {trials.map((trial) => (
            <tr key={trial.id}>
              <th scope="row">
                <Link href={`/initiatives/${trial.initiativeId}`}>
                  {trial.initiativeId}: {trial.title}
                </Link>
              </th>
              <td data-label={words("change")}>
                <code>
                  {trial.patch.map(({ path, value }) => `${path} = ${JSON.stringify(value)}`)}
                </code>
              </td>
              <td data-label={words("stateHead")}>{words(`is.${trial.state}`)}</td>
              <td data-label={words("hash")}>
                <code title={trial.hash}>{trial.hash.slice(0, 12)}</code>{" "}
                {words(trial.hashHolds ? "hashHolds" : "hashBroken")}{" "}
                {trial.decision !== null && (
                  <Link href={`/decisions?before=${trial.decision + 1}#decision-${trial.decision}`}>
                    {words("decision", { number: trial.decision })}
                  </Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
