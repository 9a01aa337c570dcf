"use client";

import { useTranslations } from "next-intl";
import { type JSX, useState } from "react";
import { buildTable, type TableCell, type TableRow } from "./build-table.ts";
import { formatMetric, formatStep, formatX } from "./format.ts";
import type { ChartSeries, ChartWindow, XAxis } from "./series.ts";

export type DataTableProps = {
  caption: string;
  series: readonly ChartSeries[];
  window: ChartWindow;
  xAxis: XAxis;
  locale: string;
  stepWord?: "step" | "day" | undefined;
};

/** The numbers behind a chart, for eyes and ears that prefer a table. Built only when somebody opens it. */
export function ChartDataTable(props: DataTableProps): JSX.Element {
  const t = useTranslations("charts");
  const [open, setOpen] = useState(false);
  return (
    <details className="ch-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("dataTable")}</summary>
      {open && <OpenTable {...props} />}
    </details>
  );
}

function OpenTable({
  caption,
  series,
  window,
  xAxis,
  locale,
  stepWord,
}: DataTableProps): JSX.Element {
  const t = useTranslations("charts");
  const rows = buildTable(series, window);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="ch-table-scroll" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{t("tableCaption", { caption, count: rows.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t(stepWord === "day" ? "days" : "steps")}</th>
            {xAxis !== "step" && <th scope="col">{t(`axes.${xAxis}`)}</th>}
            {series.map((one) => (
              <th key={one.id} scope="col">
                {one.role === "abandoned" ? t("abandonedLabel", { label: one.label }) : one.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.step}>
              <th scope="row">{stepsOf(row, locale)}</th>
              {xAxis !== "step" && <td>{formatX(row.x, xAxis, locale)}</td>}
              {row.cells.map((cell, index) => (
                <td key={series[index]?.id}>
                  <Cell cell={cell} locale={locale} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function stepsOf(row: TableRow, locale: string): string {
  const from = formatStep(row.step, locale);
  return row.lastStep > row.step ? `${from} – ${formatStep(row.lastStep, locale)}` : from;
}

function Cell({ cell, locale }: { cell: TableCell | null; locale: string }): JSX.Element {
  const t = useTranslations("charts");
  if (!cell) {
    return <span className="ch-unseen">{t("noValue")}</span>;
  }
  const mean = formatMetric(cell.mean, { locale });
  if (cell.count <= 1) {
    return <>{mean}</>;
  }
  const low = formatMetric(cell.min, { locale });
  const high = formatMetric(cell.max, { locale });
  return (
    <>
      {mean} <small>{t("range", { low, high })}</small>
    </>
  );
}
