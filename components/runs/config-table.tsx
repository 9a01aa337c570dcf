import { useTranslations } from "next-intl";
import { memo } from "react";
import type { RunDetail } from "#server/runs/contract.ts";
import { flattenConfig } from "./flatten-config.ts";

const FOLD_ABOVE = 12;

/** The run's configuration as its trainer sent it. */
export const ConfigTable = memo(function ConfigTable({ run }: { run: RunDetail }) {
  const words = useTranslations("config");
  const entries = flattenConfig(run.config);
  if (entries.length === 0) {
    return null;
  }
  const table = (
    <table className="mini">
      <caption className="sr">{words("caption")}</caption>
      <tbody>
        {entries.map(({ name, value }) => (
          <tr key={name}>
            <th scope="row">
              <code>{name}</code>
            </th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <section className="sec wrap" id="config">
      <h2>{words("title")}</h2>
      {entries.length <= FOLD_ABOVE ? (
        <div>{table}</div>
      ) : (
        <details>
          <summary>{words("show", { count: entries.length })}</summary>
          {table}
        </details>
      )}
    </section>
  );
});
