import { useTranslations } from "next-intl";
import { useFormats } from "#components/runs/use-formats.ts";
import type { DataGrowth, DataReport } from "#server/data/contract.ts";
import { DropsTable } from "./drops-table.tsx";
import { FateChart } from "./fate-chart.tsx";
import { Growth } from "./growth.tsx";
import { MarksTable } from "./marks-table.tsx";
import { RecipeLinks } from "./recipe-links.tsx";
import { SharesChart } from "./shares-chart.tsx";
import { SourcesTable } from "./sources-table.tsx";

type CorpusReportProps = { report: DataReport; recipes: readonly string[]; growth: DataGrowth };

/** What the pipeline made of a corpus: its sources, what was left out and why, and how it grew. */
export function CorpusReport({ report, recipes, growth }: CorpusReportProps) {
  const words = useTranslations("data");
  const formats = useFormats();
  const { recipe, builtAt, documents, kept, bytes, tokens, sources } = report;
  return (
    <>
      <section className="wrap" aria-label={words("facts")}>
        <RecipeLinks recipes={recipes} shown={recipe} />
        <p className="facts">
          <span>{words("recipe", { recipe })}</span>
          <span>{words("builtAt", { moment: formats.clock(builtAt) })}</span>
          <span>
            {words("keptOf", { kept: formats.step(kept), documents: formats.step(documents) })}
          </span>
          <span>
            {words("tokensIn", { tokens: formats.count(tokens), size: formats.bytes(bytes) })}
          </span>
        </p>
      </section>
      <section className="sec full wrap">
        <h2>{words("sources")}</h2>
        <div className="data-stack">
          <SharesChart sources={sources} />
          <SourcesTable sources={sources} />
        </div>
      </section>
      <section className="sec full wrap">
        <h2>{words("dropped")}</h2>
        <div className="data-stack">
          <p>{words("droppedAbout")}</p>
          <FateChart sources={sources} />
          <DropsTable sources={sources} />
        </div>
      </section>
      <section className="sec wrap">
        <h2>{words("marks")}</h2>
        <div className="data-stack">
          <p>{words("marksAbout")}</p>
          <MarksTable sources={sources} />
        </div>
      </section>
      <section className="sec full wrap">
        <h2>{words("growth")}</h2>
        <Growth growth={growth} />
      </section>
      <p className="wrap quiet">
        <a href={`/api/v1/data-reports?recipe=${encodeURIComponent(recipe)}`}>{words("json")}</a>
      </p>
    </>
  );
}
