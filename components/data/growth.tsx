import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { useFormats } from "#components/runs/use-formats.ts";
import type { DataGrowth } from "#server/data/contract.ts";
import { GrowthChart } from "./growth-chart.tsx";

/** How the corpus grew from report to report, with the stages that the project's runs entered. */
export function Growth({ growth }: { growth: DataGrowth }) {
  const words = useTranslations("data");
  return (
    <div className="data-stack">
      <p>{growth.points.length < 2 ? words("growthOnce") : words("growthAbout")}</p>
      {growth.points.length > 1 && <GrowthChart growth={growth} />}
      <GrowthTable growth={growth} />
      {growth.stages.length > 0 && <Stages stages={growth.stages} />}
    </div>
  );
}

function GrowthTable({ growth }: { growth: DataGrowth }) {
  const words = useTranslations("data");
  const formats = useFormats();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="scroll" aria-label={words("growthCaption")} tabIndex={0}>
      <table className="grid-table">
        <caption className="sr">{words("growthCaption")}</caption>
        <thead>
          <tr>
            <th scope="col">{words("when")}</th>
            <th scope="col" className="n">
              {words("sourceCount")}
            </th>
            <th scope="col" className="n">
              {words("keptDocuments")}
            </th>
            <th scope="col" className="n">
              {words("size")}
            </th>
            <th scope="col" className="n">
              {words("tokens")}
            </th>
          </tr>
        </thead>
        <tbody>
          {growth.points.toReversed().map(({ at, sources, kept, bytes, tokens }) => (
            <tr key={at}>
              <th scope="row">
                <time dateTime={new Date(at).toISOString()}>{formats.clock(at)}</time>
              </th>
              <td className="n">{sources}</td>
              <td className="n">{formats.step(kept)}</td>
              <td className="n">{formats.bytes(bytes)}</td>
              <td className="n">{formats.count(tokens)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Stages({ stages }: { stages: DataGrowth["stages"] }) {
  const words = useTranslations("data");
  const formats = useFormats();
  return (
    <section aria-label={words("stages")}>
      <h3>{words("stages")}</h3>
      <ul>
        {stages.map(({ at, runId, step, name }) => (
          <li key={`${runId}/${step}/${at}`}>
            <time dateTime={new Date(at).toISOString()}>{formats.clock(at)}</time>{" "}
            <Link href={`/runs/${runId}`}>{name}</Link>{" "}
            <span className="quiet">{words("atStep", { step: formats.step(step) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
