import { useTranslations } from "next-intl";
import { useFormats } from "#components/runs/use-formats.ts";
import type { SourceReport } from "#server/data/contract.ts";

/** The plan's data table: a source a row, with its share of the corpus's tokens. */
export function SourcesTable({ sources }: { sources: readonly SourceReport[] }) {
  const words = useTranslations("data");
  const total = sources.reduce((sum, { tokens }) => sum + tokens, 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="scroll" aria-label={words("sourcesCaption")} tabIndex={0}>
      <table className="grid-table">
        <caption className="sr">{words("sourcesCaption")}</caption>
        <thead>
          <tr>
            <th scope="col">{words("source")}</th>
            <th scope="col">{words("language")}</th>
            <th scope="col" className="n">
              {words("share")}
            </th>
            <th scope="col" className="n">
              {words("documents")}
            </th>
            <th scope="col" className="n">
              {words("size")}
            </th>
            <th scope="col" className="n">
              {words("tokens")}
            </th>
            <th scope="col" className="n">
              {words("meanLength")}
            </th>
            <th scope="col" className="n">
              {words("meanPerplexity")}
            </th>
            <th scope="col">{words("cues")}</th>
            <th scope="col">{words("licence")}</th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <Row key={`${source.name}/${source.source}`} source={source} total={total} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ source, total }: { source: SourceReport; total: number }) {
  const words = useTranslations("data");
  const formats = useFormats();
  const { name, lang, licence, kept, bytes, tokens, cues, meanPerplexity } = source;
  const known = lang === "zh" || lang === "en";
  const made = Object.values(cues).reduce((sum, count) => sum + count, 0);
  return (
    <tr>
      <th scope="row">
        {source.source} <span className="quiet">{name}</span>
      </th>
      <td>{known ? words(`lang.${lang}`) : lang}</td>
      <td className="n">{total === 0 ? "–" : formats.percent(tokens / total)}</td>
      <td className="n">{formats.step(kept)}</td>
      <td className="n">{formats.bytes(bytes)}</td>
      <td className="n">{formats.count(tokens)}</td>
      <td className="n">{kept === 0 ? "–" : formats.count(Math.round(tokens / kept))}</td>
      <td className="n">{meanPerplexity === null ? "–" : formats.count(meanPerplexity)}</td>
      <td>{made === 0 ? "–" : formats.count(made)}</td>
      <td className="data-licence">{licence}</td>
    </tr>
  );
}
