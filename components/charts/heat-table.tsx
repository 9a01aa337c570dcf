"use client";
import { useTranslations } from "next-intl";
import { type JSX, useState } from "react";
import { formatMetric, formatStep } from "./format.ts";
import type { HeatData } from "./prepare-heat-map.ts";

/** More rows than this nobody reads. */
const MOST_ROWS = 60;

type Props = { caption: string; data: HeatData; locale: string };

/** The numbers behind the colours: steps downwards, newest first, one layer a column. Built when it is opened. */
export function HeatTable(props: Props): JSX.Element {
  const t = useTranslations("charts");
  const [open, setOpen] = useState(false);
  return (
    <details className="ch-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("dataTable")}</summary>
      {open && <OpenTable {...props} />}
    </details>
  );
}

function OpenTable({ caption, data, locale }: Props): JSX.Element {
  const t = useTranslations("charts");
  const every = Math.ceil(data.steps.length / MOST_ROWS);
  const shown = data.steps
    .map((step, column) => ({ step, column }))
    .filter(({ column }) => (data.steps.length - 1 - column) % every === 0)
    .reverse();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="ch-table-scroll" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{t("heatCaption", { caption, count: shown.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("steps")}</th>
            {data.rows.map(({ key, label }) => (
              <th key={key} scope="col">
                {t("heatRow", { row: label })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ step, column }) => (
            <tr key={step}>
              <th scope="row">{formatStep(step, locale)}</th>
              {data.rows.map(({ key, values }) => {
                const value = values[column];
                return (
                  <td key={key}>
                    {value === null || value === undefined ? (
                      <span className="ch-unseen">{t("noValue")}</span>
                    ) : (
                      formatMetric(value, { locale })
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
