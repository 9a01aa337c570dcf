"use client";
import { useTranslations } from "next-intl";
import { memo, useState } from "react";
import type { RunDetail } from "#server/runs/contract.ts";
import { flattenConfig } from "./flatten-config.ts";

const FOLD_ABOVE = 12;

/** The run's configuration as its trainer sent it. */
export const ConfigTable = memo(function ConfigTable({ run }: { run: RunDetail }) {
  const words = useTranslations("config");
  const [sought, setSought] = useState("");
  const entries = flattenConfig(run.config);
  if (entries.length === 0) {
    return null;
  }
  const text = sought.trim().toLowerCase();
  const found = entries.filter(({ name, value }) =>
    `${name} ${value}`.toLowerCase().includes(text),
  );
  const table = (
    <table className="mini">
      <caption className="sr">{words("caption")}</caption>
      <tbody>
        {found.map(({ name, value }) => (
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
          <label className="slide">
            {words("search")}
            <input
              type="search"
              value={sought}
              onChange={({ currentTarget }) => setSought(currentTarget.value)}
            />
            <output>{words("found", { count: found.length, all: entries.length })}</output>
          </label>
          {table}
        </details>
      )}
    </section>
  );
});
