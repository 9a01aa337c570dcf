"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { memo, useState } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { ChangedSettings } from "./changed-settings.tsx";
import { compareJson } from "./compare-json.ts";
import { flattenConfig } from "./flatten-config.ts";
import { LIST_QUERY } from "./list-query.ts";
import { sameRun } from "./same-run.ts";

const FOLD_ABOVE = 12;

/** The run's configuration as its trainer sent it, to search, and beside that of another run. */
export const ConfigTable = memo(
  function ConfigTable({ run }: { run: RunDetail }) {
    const words = useTranslations("config");
    const entries = flattenConfig(run.config);
    if (entries.length === 0) {
      return null;
    }
    return (
      <section className="sec wrap" id="config">
        <h2>{words("title")}</h2>
        <div>
          {entries.length <= FOLD_ABOVE ? (
            <Entries entries={entries} />
          ) : (
            <details>
              <summary>{words("show", { count: entries.length })}</summary>
              <SearchedEntries entries={entries} />
            </details>
          )}
          <OtherConfig run={run} />
        </div>
      </section>
    );
  },
  sameRun("id", "config", "name"),
);

type EntriesProps = { entries: ReturnType<typeof flattenConfig> };

function SearchedEntries({ entries }: EntriesProps) {
  const words = useTranslations("config");
  const [sought, setSought] = useState("");
  const text = sought.trim().toLowerCase();
  const found = entries.filter(({ name, value }) =>
    `${name} ${value}`.toLowerCase().includes(text),
  );
  return (
    <>
      <label className="slide">
        {words("search")}
        <input
          type="search"
          value={sought}
          onChange={({ currentTarget }) => setSought(currentTarget.value)}
        />
        <output>{words("found", { count: found.length, all: entries.length })}</output>
      </label>
      <Entries entries={found} />
    </>
  );
}

function Entries({ entries }: EntriesProps) {
  const words = useTranslations("config");
  return (
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
}

/** What differs from a run that the reader picks; nothing is asked for before. */
function OtherConfig({ run }: { run: RunDetail }) {
  const trpc = useTRPC();
  const words = useTranslations("config");
  const [otherId, setOtherId] = useState("");
  const { data: list } = useQuery(trpc.runs.list.queryOptions(LIST_QUERY));
  const { data: other } = useQuery(
    trpc.runs.read.queryOptions({ id: otherId }, { enabled: otherId !== "", retry: false }),
  );
  const others = (list?.runs ?? []).filter(({ id }) => id !== run.id);
  if (others.length === 0) {
    return null;
  }
  return (
    <>
      <label className="slide other-config">
        {words("beside")}
        <select value={otherId} onChange={({ currentTarget }) => setOtherId(currentTarget.value)}>
          <option value="">{words("noOther")}</option>
          {others.map(({ id, name, createdAt }) => (
            <option key={id} value={id}>
              {name} · {new Date(createdAt).toISOString().slice(0, 16).replace("T", " ")}
            </option>
          ))}
        </select>
      </label>
      {other !== undefined && otherId !== "" && (
        <ChangedSettings
          changes={compareJson(other.config, run.config)}
          heads={[other.name, run.name]}
          none={words("sameAsOther", { name: other.name })}
        />
      )}
    </>
  );
}
