import { useFormatter, useTranslations } from "next-intl";
import type { Card } from "#server/releases/contract.ts";

/** What the release was examined with, beside the results of the one before it. */
export function EvaluationsTab({ card, version }: { card: Card; version: string }) {
  const words = useTranslations("models");
  const format = useFormatter();
  const { before } = card;
  const rows = Object.entries(card.evaluations).sort(([a], [b]) => a.localeCompare(b));
  const number = (value: number) => format.number(value, { maximumFractionDigits: 4 });
  return (
    <section className="sec-in first">
      <h2>{words("tab.evaluations")}</h2>
      <div>
        {rows.length === 0 ? (
          <p className="quiet">{words("evaluations.none")}</p>
        ) : (
          <table className="grid-table">
            <caption className="note">{words("evaluations.about")}</caption>
            <thead>
              <tr>
                <th scope="col">{words("evaluations.set")}</th>
                <th scope="col" className="n">
                  {version}
                </th>
                {before !== null && (
                  <>
                    <th scope="col" className="n">
                      {before.version}
                    </th>
                    <th scope="col" className="n">
                      {words("evaluations.change")}
                    </th>
                  </>
                )}
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, value]) => (
                <tr key={name}>
                  <th scope="row">
                    <code>{name}</code>
                  </th>
                  <td className="n">{number(value)}</td>
                  {before !== null && (
                    <Change name={name} now={value} old={before.evaluations[name]} />
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
}

type Changed = { name: string; now: number; old: number | undefined };

/** Of losses and perplexities less is better, of accuracies more. */
const isGain = (name: string, change: number) => /accuracy|exact|f1/i.test(name) === change > 0;

function Change({ name, now, old }: Changed) {
  const words = useTranslations("models");
  const format = useFormatter();
  if (old === undefined) {
    return (
      <>
        <td className="n" />
        <td className="n" />
      </>
    );
  }
  const change = now - old;
  const text = format.number(change, { maximumFractionDigits: 4, signDisplay: "exceptZero" });
  const gain = isGain(name, change);
  const tone = change === 0 ? "" : gain ? "good" : "bad";
  return (
    <>
      <td className="n">{format.number(old, { maximumFractionDigits: 4 })}</td>
      <td className={`n ${tone}`}>
        {text} {change !== 0 && words(gain ? "evaluations.better" : "evaluations.worse")}
      </td>
    </>
  );
}
