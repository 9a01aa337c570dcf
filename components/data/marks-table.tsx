import { useTranslations } from "next-intl";
import { useFormats } from "#components/runs/use-formats.ts";
import type { SourceReport } from "#server/data/contract.ts";

const KINDS = ["EMAIL", "IPV4", "IDCARD", "BANKCARD", "MOBILE", "LANDLINE", "QQ"] as const;

/** How often personal information was replaced by a mark; the kinds that are looked for are named even when none was found. */
export function MarksTable({ sources }: { sources: readonly SourceReport[] }) {
  const words = useTranslations("data");
  const formats = useFormats();
  const totalOf = (kind: string) => sources.reduce((sum, { pii }) => sum + (pii[kind] ?? 0), 0);
  return (
    <table className="mini">
      <caption className="sr">{words("marksCaption")}</caption>
      <thead>
        <tr>
          <th scope="col">{words("mark")}</th>
          <th scope="col" className="n">
            {words("times")}
          </th>
        </tr>
      </thead>
      <tbody>
        {KINDS.map((kind) => (
          <tr key={kind}>
            <th scope="row">{words(`kind.${kind}`)}</th>
            <td className="n">{formats.step(totalOf(kind))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
