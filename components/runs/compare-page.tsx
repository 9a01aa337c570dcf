"use client";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { lazy, Suspense, useMemo } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Segmented } from "#components/ui/segmented.tsx";
import type { RunDetail } from "#server/runs/contract.ts";
import { useHydrated } from "./clock.tsx";
import { type Comparison, MOST_RUNS, parseComparison, writeComparison } from "./compare-address.ts";
import { CompareConfig, CompareValues } from "./compare-tables.tsx";
import { chosenWindow, curveExtent, shownWindow } from "./curve-window.ts";
import { differenceSeries } from "./difference-series.ts";
import { LIST_QUERY } from "./list-query.ts";
import { useCompared } from "./use-compared.ts";
import { useMetricWords } from "./use-metric-words.ts";

const LossChart = lazy(() =>
  import("#components/charts/line-chart.tsx").then((chart) => ({ default: chart.LossChart })),
);

type Change = (part: Partial<Comparison>) => void;

function useComparison(): [Comparison, Change] {
  const text = useSearchParams().toString();
  const comparison = useMemo(() => parseComparison(new URLSearchParams(text)), [text]);
  const change: Change = (part) => {
    const query = writeComparison({ ...comparison, ...part });
    window.history.replaceState(null, "", `${window.location.pathname}?${query}`);
  };
  return [comparison, change];
}

/** Up to twenty runs over each other. The address carries the whole comparison. */
export function ComparePage() {
  const words = useTranslations("compare");
  const [comparison, change] = useComparison();
  const { compared, loading } = useCompared(comparison.ids, comparison.view);
  const runs = compared.map(({ run }) => run);
  return (
    <>
      <section className="sec wrap">
        <h2>{words("runs")}</h2>
        <RunChoice comparison={comparison} onChange={change} />
      </section>
      {runs.length > 0 && (
        <>
          <section className="fig wrap" aria-label={words("curve")}>
            <CompareTools runs={runs} comparison={comparison} onChange={change} />
            <CompareCurve
              lines={compared.flatMap(({ line }) => (line === null ? [] : [line]))}
              comparison={comparison}
              loading={loading}
              onChange={change}
            />
          </section>
          <CompareValues compared={compared} />
          <CompareConfig runs={runs} />
        </>
      )}
    </>
  );
}

function RunChoice({ comparison, onChange }: { comparison: Comparison; onChange: Change }) {
  const trpc = useTRPC();
  const words = useTranslations("compare");
  const { data } = useQuery(trpc.runs.list.queryOptions(LIST_QUERY));
  const { ids } = comparison;
  return (
    <fieldset className="run-choice">
      <legend className="quiet">{words("choose", { most: MOST_RUNS })}</legend>
      {(data?.runs ?? []).map((run) => (
        <label key={run.id} className="check">
          <input
            type="checkbox"
            checked={ids.includes(run.id)}
            disabled={!ids.includes(run.id) && ids.length >= MOST_RUNS}
            onChange={() =>
              onChange({
                ids: ids.includes(run.id) ? ids.filter((id) => id !== run.id) : [...ids, run.id],
                base: comparison.base === run.id ? null : comparison.base,
              })
            }
          />
          <span>
            {run.name} <code>{run.project}</code>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

type ToolsProps = { runs: readonly RunDetail[]; comparison: Comparison; onChange: Change };

function CompareTools({ runs, comparison, onChange }: ToolsProps) {
  const words = useTranslations("compare");
  const metrics = useMetricWords();
  const { view, base } = comparison;
  const keys = [...new Set(runs.flatMap((run) => run.keys))].filter((key) => key !== "tokens");
  const look = (part: Partial<Comparison["view"]>) => onChange({ view: { ...view, ...part } });
  return (
    <div className="tools">
      <label className="slide">
        {words("metric")}
        <select
          value={view.keys[0]}
          onChange={({ currentTarget }) => look({ keys: [currentTarget.value], window: null })}
        >
          {[...new Set([...view.keys, ...keys])].sort().map((key) => (
            <option key={key} value={key}>
              {metrics.label(key)}
            </option>
          ))}
        </select>
      </label>
      <Segmented
        label={words("align")}
        value={view.x === "time" ? null : view.x}
        options={(["step", "tokens", "relative"] as const).map((x) => ({
          value: x,
          label: words(`alignBy.${x}`),
        }))}
        onChange={(x) => look({ x, window: null })}
      />
      <Segmented
        label={words("scale")}
        value={view.y}
        options={(["linear", "log"] as const).map((y) => ({ value: y, label: words(y) }))}
        onChange={(y) => look({ y })}
      />
      <label className="slide">
        {words("difference")}
        <select
          value={base ?? ""}
          onChange={({ currentTarget }) => onChange({ base: currentTarget.value || null })}
        >
          <option value="">{words("noBase")}</option>
          {runs.map((run) => (
            <option key={run.id} value={run.id}>
              {run.name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

type CurveProps = {
  lines: Parameters<typeof curveExtent>[0];
  comparison: Comparison;
  loading: boolean;
  onChange: Change;
};

function CompareCurve({ lines, comparison, loading, onChange }: CurveProps) {
  const words = useTranslations("compare");
  const locale = useLocale();
  const hydrated = useHydrated();
  const metrics = useMetricWords();
  const { view, base } = comparison;
  const drawn = useMemo(() => {
    const against = lines.find(({ id }) => id === base);
    return against === undefined
      ? lines
      : lines.filter((line) => line !== against).map((line) => differenceSeries(line, against));
  }, [lines, base]);
  const full = useMemo(() => curveExtent(lines), [lines]);
  if (!hydrated) {
    return null;
  }
  const name = metrics.label(view.keys[0] ?? "loss");
  return (
    <Suspense fallback={null}>
      <LossChart
        title={words(base === null ? "title" : "differenceTitle", { metric: name })}
        series={drawn}
        events={NONE}
        stages={NONE}
        xAxis={view.x}
        yScale={base === null ? view.y : "linear"}
        smoothing={view.smoothing}
        window={shownWindow(view.window, full)}
        fullWindow={full}
        live={false}
        loading={loading}
        onWindowChange={(window) =>
          onChange({ view: { ...view, window: chosenWindow(window, full, view.x) } })
        }
        choices={view.choices}
        onChoices={(choices) => onChange({ view: { ...view, choices } })}
        yName={name}
        locale={locale}
      />
    </Suspense>
  );
}

const NONE: never[] = [];
