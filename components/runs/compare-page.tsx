"use client";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { lazy, Suspense, useMemo } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { useHydrated } from "./clock.tsx";
import { type Comparison, MOST_RUNS, parseComparison, writeComparison } from "./compare-address.ts";
import { CompareConfig, CompareValues } from "./compare-tables.tsx";
import { chosenWindow, curveExtent, shownWindow } from "./curve-window.ts";
import { differenceSeries } from "./difference-series.ts";
import { LIST_QUERY } from "./list-query.ts";
import { type Comparison as Compared, namesApart, useCompared } from "./use-compared.ts";
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
  const compared = useCompared(comparison.ids, comparison.view);
  return (
    <>
      <section className="sec wrap">
        <h2>{words("runs")}</h2>
        <div>
          <RunChoice comparison={comparison} onChange={change} />
        </div>
      </section>
      {compared.error !== null && (
        <div className="wrap">
          <p className="notice bad" role="alert">
            <Icon name="s-bad" className="bad" />
            <span>{compared.error}</span>
          </p>
        </div>
      )}
      {comparison.ids.length > 0 && (
        <section className="fig wrap" aria-label={words("curve")}>
          <CompareTools compared={compared} comparison={comparison} onChange={change} />
          <CompareCurve
            lines={compared.lines}
            comparison={comparison}
            loading={compared.loading}
            onChange={change}
          />
          {compared.problems.map(({ name, problem }) => (
            <p key={name} className="quiet">
              {words("problem", { name, problem })}
            </p>
          ))}
        </section>
      )}
      {compared.table !== undefined && (
        <>
          <CompareValues table={compared.table} chosen={comparison.view.keys[0] ?? "loss"} />
          <CompareConfig table={compared.table} />
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
  const runs = data?.runs ?? [];
  const names = namesApart(runs);
  return (
    <fieldset className="run-choice">
      <legend className="quiet">{words("choose", { most: MOST_RUNS })}</legend>
      {runs.map((run) => (
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
            {names.get(run.id)} <code>{run.project}</code>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

type ToolsProps = { compared: Compared; comparison: Comparison; onChange: Change };

function CompareTools({ compared, comparison, onChange }: ToolsProps) {
  const words = useTranslations("compare");
  const metrics = useMetricWords();
  const { view, base } = comparison;
  const keys = (compared.table?.metrics ?? []).map(({ key }) => key);
  const look = (part: Partial<Comparison["view"]>) => onChange({ view: { ...view, ...part } });
  return (
    <div className="tools">
      <label className="slide">
        {words("metric")}
        <select
          value={view.keys[0]}
          onChange={({ currentTarget }) => look({ keys: [currentTarget.value], window: null })}
        >
          {[...new Set([...view.keys, ...keys])].map((key) => (
            <option key={key} value={key}>
              {metrics.label(key)}
            </option>
          ))}
        </select>
      </label>
      <Segmented
        label={words("align")}
        value={view.x === "time" ? "relative" : view.x}
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
          {compared.lines.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
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
        xAxis={view.x === "time" ? "relative" : view.x}
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
