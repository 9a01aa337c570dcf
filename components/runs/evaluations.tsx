"use client";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { lazy, memo, Suspense, useMemo } from "react";
import type { ChartSeries, ChartWindow } from "#components/charts/series.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { RunDetail, StoredEvaluation } from "#server/runs/contract.ts";
import { curveExtent, shownWindow } from "./curve-window.ts";
import { EVALUATIONS_QUERY } from "./detail-queries.ts";
import { evaluationSeries } from "./evaluation-series.ts";
import { unitOf } from "./metric-words.ts";
import { groupPanels } from "./panel-groups.ts";
import { useFormats } from "./use-formats.ts";
import { useMetricWords } from "./use-metric-words.ts";
import { useNear } from "./use-near.ts";
import type { View } from "./view.ts";

const MetricPanel = lazy(() =>
  import("#components/charts/metric-panel.tsx").then((panel) => ({ default: panel.MetricPanel })),
);

const SHOWN_ROWS = 8;
const SHOWN_COLUMNS = 8;

type EvaluationsProps = { run: RunDetail; x: View["x"]; window: View["window"] };

/** What the model was tested on, over time, and the newest results as numbers. */
export const Evaluations = memo(function Evaluations({ run, x, window }: EvaluationsProps) {
  const trpc = useTRPC();
  const words = useTranslations("evaluations");
  const metrics = useMetricWords();
  const [near, watch] = useNear();
  const { data } = useQuery(
    trpc.runs.evaluations.queryOptions({ runId: run.id, ...EVALUATIONS_QUERY }),
  );
  const axis = x === "tokens" ? "step" : x;
  const lines = useMemo(
    () =>
      evaluationSeries({
        run,
        evaluations: data?.evaluations ?? [],
        x: axis,
        labelOf: metrics.label,
      }),
    [run, data, axis, metrics],
  );
  const full = useMemo(() => curveExtent(lines), [lines]);
  if (data === undefined || lines.length === 0) {
    return null;
  }
  return (
    <section className="sec full wrap" id="evaluations" ref={watch}>
      <h2>
        {words("title")} <small>{words("note")}</small>
      </h2>
      {near && (
        <Panels
          lines={lines}
          axis={axis}
          window={(x === axis ? shownWindow(window, full) : null) ?? full}
        />
      )}
      <Results evaluations={data.evaluations} />
    </section>
  );
});

type PanelsProps = { lines: readonly ChartSeries[]; axis: View["x"]; window: ChartWindow };

function Panels({ lines, axis, window }: PanelsProps) {
  const locale = useLocale();
  const words = useTranslations("evaluations");
  const metrics = useMetricWords();
  const groups = useMemo(() => groupPanels(lines.map(({ id }) => id)), [lines]);
  return (
    <div className="wall">
      <Suspense fallback={null}>
        {groups.map((group) => (
          <MetricPanel
            key={group.id}
            title={metrics.title(group)}
            unit={unitOf(group.keys)}
            series={lines
              .filter(({ id }) => group.keys.includes(id))
              .map((line) => ({ ...line, label: metrics.short(line.id, group.prefix) }))}
            xAxis={axis}
            window={window}
            locale={locale}
            emptyText={words("empty")}
          />
        ))}
      </Suspense>
    </div>
  );
}

function Results({ evaluations }: { evaluations: readonly StoredEvaluation[] }) {
  const words = useTranslations("evaluations");
  const formats = useFormats();
  const metrics = useMetricWords();
  const rows = evaluations.slice(0, SHOWN_ROWS);
  const keys = [...new Set(rows.flatMap(({ results }) => Object.keys(results)))]
    .sort()
    .slice(0, SHOWN_COLUMNS);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="scroll evaluations" aria-label={words("caption")} tabIndex={0}>
      <table className="grid-table">
        <caption className="sr">{words("caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{words("step")}</th>
            {keys.map((key) => (
              <th key={key} scope="col" className="n">
                {metrics.label(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ attempt, step, results }) => (
            <tr key={`${attempt}/${step}`}>
              <th scope="row">{formats.step(step)}</th>
              {keys.map((key) => (
                <td key={key} className="n">
                  {results[key] === undefined ? "–" : formats.metric(results[key])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
