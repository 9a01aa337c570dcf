"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type ChartSeries, toBuckets } from "#components/charts/series.ts";
import { Link } from "#components/layout/navigation.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { compareConfig } from "./compare-config.ts";
import type { Compared } from "./use-compared.ts";
import { useFormats } from "./use-formats.ts";

/** Lowest and newest value of each run in the shown window. */
export function CompareValues({ compared }: { compared: readonly Compared[] }) {
  const words = useTranslations("compare");
  const formats = useFormats();
  return (
    <section className="sec wrap">
      <h2>{words("values")}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className="scroll" aria-label={words("values")} tabIndex={0}>
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col">{words("run")}</th>
              <th scope="col" className="n">
                {words("best")}
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
            {compared.map(({ run, line }) => {
              const { best, last } = bestAndLast(line);
              return (
                <tr key={run.id}>
                  <th scope="row">
                    <Link href={`/runs/${run.id}`}>{run.name}</Link>
                  </th>
                  <td className="n">{formats.metric(best?.value)}</td>
                  <td className="n">{best === null ? "–" : formats.step(best.step)}</td>
                  <td className="n">{formats.metric(last?.value)}</td>
                  <td className="n">{last === null ? "–" : formats.step(last.step)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </section>
  );
}

type Mark = { value: number; step: number };

function bestAndLast(line: ChartSeries | null): { best: Mark | null; last: Mark | null } {
  if (line === null) {
    return { best: null, last: null };
  }
  const data = toBuckets(line.data);
  const lows = data.min.map((value, index) => ({ value, step: data.steps[index] ?? 0 }));
  const lasts = data.last.map((value, index) => ({ value, step: data.lastSteps[index] ?? 0 }));
  const finite = lows.filter(({ value }) => Number.isFinite(value));
  const best = finite.reduce<Mark | null>(
    (low, mark) => (low === null || mark.value < low.value ? mark : low),
    null,
  );
  return { best, last: lasts.findLast(({ value }) => Number.isFinite(value)) ?? null };
}

/** The settings in which the runs differ, or all of them. */
export function CompareConfig({ runs }: { runs: readonly RunDetail[] }) {
  const words = useTranslations("compare");
  const [all, setAll] = useState(false);
  const rows = compareConfig(runs).filter(({ differs }) => all || differs);
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
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
          <section className="scroll" aria-label={words("settings")} tabIndex={0}>
            <table className="grid-table">
              <thead>
                <tr>
                  <th scope="col">{words("setting")}</th>
                  {runs.map((run) => (
                    <th key={run.id} scope="col">
                      {run.name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.name}>
                    <th scope="row">
                      <code>{row.name}</code>
                    </th>
                    {runs.map((run, index) => (
                      <td key={run.id}>{row.values[index] ?? "–"}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </div>
    </section>
  );
}
