"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Link } from "#components/layout/navigation.ts";
import type { BestLast, ComparedTable } from "#server/compare/contract.ts";
import { namesApart } from "./use-compared.ts";
import { useFormats } from "./use-formats.ts";
import { useMetricWords } from "./use-metric-words.ts";

/** Best and newest value of each run: of the chosen metric with its steps, then of all that the runs share. */
export function CompareValues({ table, chosen }: { table: ComparedTable; chosen: string }) {
  const words = useTranslations("compare");
  const metric = table.metrics.find(({ key }) => key === chosen);
  return (
    <section className="sec wrap">
      <h2>{words("values")}</h2>
      <div>
        {metric !== undefined && <ChosenValues table={table} metric={metric} />}
        <AllValues table={table} />
      </div>
    </section>
  );
}

type Metric = ComparedTable["metrics"][number];

function ChosenValues({ table, metric }: { table: ComparedTable; metric: Metric }) {
  const words = useTranslations("compare");
  const metrics = useMetricWords();
  const names = namesApart(table.runs);
  return (
    <Scrolling label={metrics.label(metric.key)}>
      <table className="grid-table">
        <caption className="sr">{metrics.label(metric.key)}</caption>
        <thead>
          <tr>
            <th scope="col">{metrics.label(metric.key)}</th>
            <th scope="col" className="n">
              {words(metric.better === "lower" ? "best" : "highest")}
            </th>
            <th scope="col" className="n">
              {words("bestStep")}
            </th>
            <th scope="col" className="n">
              {words("last")}
            </th>
            <th scope="col" className="n">
              {words("lastStep")}
            </th>
          </tr>
        </thead>
        <tbody>
          {table.runs.map(({ id }, index) => (
            <tr key={id}>
              <th scope="row">
                <Link href={`/runs/${id}`}>{names.get(id)}</Link>
              </th>
              <ValueCells value={metric.values[index]} />
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

function ValueCells({ value }: { value: BestLast | undefined }) {
  const formats = useFormats();
  const step = (at: number | null | undefined) => (at == null ? "–" : formats.step(at));
  return (
    <>
      <td className="n">{value?.best == null ? "–" : formats.metric(value.best)}</td>
      <td className="n">{step(value?.bestStep)}</td>
      <td className="n">{value?.last == null ? "–" : formats.metric(value.last)}</td>
      <td className="n">{step(value?.lastStep)}</td>
    </>
  );
}

/** One metric a row, one run a column: its best value, with the newest beside it. The best of a row stands out. */
function AllValues({ table }: { table: ComparedTable }) {
  const words = useTranslations("compare");
  const metrics = useMetricWords();
  const formats = useFormats();
  const names = namesApart(table.runs);
  return (
    <details className="compare-all">
      <summary>{words("allMetrics", { count: table.metrics.length })}</summary>
      <Scrolling label={words("allMetrics", { count: table.metrics.length })}>
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col">{words("metric")}</th>
              {table.runs.map(({ id }) => (
                <th key={id} scope="col" className="n">
                  {names.get(id)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.metrics.map((metric) => {
              const winner = winnerOf(metric);
              return (
                <tr key={metric.key}>
                  <th scope="row">{metrics.label(metric.key)}</th>
                  {table.runs.map(({ id }, index) => {
                    const value = metric.values[index];
                    const best = value?.best == null ? "–" : formats.metric(value.best);
                    return (
                      <td key={id} className="n">
                        {index === winner ? <b>{best}</b> : best}
                        {value?.last != null && (
                          <small className="quiet"> {formats.metric(value.last)}</small>
                        )}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scrolling>
      <p className="quiet">{words("allMetricsNote")}</p>
    </details>
  );
}

/** The column with the best value; −1 where there is none or only one run. */
function winnerOf({ values, better }: Metric): number {
  const numbers = values.map((value) =>
    typeof value.best === "number" ? (better === "lower" ? value.best : -value.best) : Infinity,
  );
  const least = Math.min(...numbers);
  return numbers.length > 1 && Number.isFinite(least) ? numbers.indexOf(least) : -1;
}

/** The settings in which the runs differ, or all of them. */
export function CompareConfig({ table }: { table: ComparedTable }) {
  const words = useTranslations("compare");
  const [all, setAll] = useState(false);
  const rows = table.config.filter(({ differs }) => all || differs);
  const names = namesApart(table.runs);
  return (
    <section className="sec wrap">
      <h2>{words("settings")}</h2>
      <div>
        <label className="check">
          <input
            type="checkbox"
            checked={all}
            onChange={({ currentTarget }) => setAll(currentTarget.checked)}
          />
          <span>{words("sameToo")}</span>
        </label>
        {rows.length === 0 ? (
          <p className="quiet">{words("noDifference")}</p>
        ) : (
          <Scrolling label={words("settings")}>
            <table className="grid-table settings-table">
              <thead>
                <tr>
                  <th scope="col">{words("setting")}</th>
                  {table.runs.map(({ id }) => (
                    <th key={id} scope="col">
                      {names.get(id)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map(({ path, values }) => (
                  <tr key={path}>
                    <th scope="row">
                      <code>{path}</code>
                    </th>
                    {table.runs.map(({ id }, index) => (
                      <td key={id}>{plain(values[index])}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrolling>
        )}
      </div>
    </section>
  );
}

/** A text without the quotes that JSON puts round it. */
function plain(value: string | null | undefined): string {
  const quoted = value != null && value.length > 1 && value.startsWith('"') && value.endsWith('"');
  return quoted ? value.slice(1, -1) : (value ?? "–");
}

function Scrolling({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
