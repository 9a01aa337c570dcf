import { useTranslations } from "next-intl";
import { useFormats } from "#components/runs/use-formats.ts";
import type { SourceReport } from "#server/data/contract.ts";
import { countReasons } from "./count-reasons.ts";
import { useReasons } from "./use-reasons.ts";

/** What was left out, by reason and source; the commonest reason first. */
export function DropsTable({ sources }: { sources: readonly SourceReport[] }) {
  const words = useTranslations("data");
  const formats = useFormats();
  const nameReason = useReasons();
  const documents = sources.reduce((sum, source) => sum + source.documents, 0);
  const rows = countReasons(sources);
  if (rows.length === 0) {
    return <p className="empty">{words("nothingDropped")}</p>;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="scroll" aria-label={words("droppedCaption")} tabIndex={0}>
      <table className="grid-table">
        <caption className="sr">{words("droppedCaption")}</caption>
        <thead>
          <tr>
            <th scope="col">{words("why")}</th>
            <th scope="col" className="n">
              {words("documents")}
            </th>
            <th scope="col" className="n">
              {words("ofAll")}
            </th>
            {sources.map(({ name, source }) => (
              <th scope="col" className="n" key={`${name}/${source}`}>
                {source}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ reason, total, counts }) => (
            <tr key={reason}>
              <th scope="row">{nameReason(reason)}</th>
              <td className="n">{formats.step(total)}</td>
              <td className="n">{documents === 0 ? "–" : formats.percent(total / documents)}</td>
              {counts.map((count, i) => (
                <td className="n" key={`${sources[i]?.name}/${sources[i]?.source}`}>
                  {count === 0 ? "–" : formats.step(count)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
