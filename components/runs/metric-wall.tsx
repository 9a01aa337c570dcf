"use client";
import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { lazy, memo, Suspense, useMemo, useState } from "react";
import { type ChartSeries, type ChartWindow, toChartSeries } from "#components/charts/series.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { SeriesAnswer } from "#server/metrics/contract.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { useHydrated } from "./clock.tsx";
import { curveExtent, shownWindow, wireWindow } from "./curve-window.ts";
import { isLayerKey } from "./layer-stats.ts";
import { unitOf } from "./metric-words.ts";
import { groupPanels, type PanelGroup } from "./panel-groups.ts";
import { PanelTools } from "./panel-tools.tsx";
import { moveWindow, moveX, originOf, wireAxis } from "./relative-axis.ts";
import { useFormats } from "./use-formats.ts";
import { useMetricWords } from "./use-metric-words.ts";
import { useNear } from "./use-near.ts";
import { useWallLayout } from "./use-wall-layout.ts";
import type { View } from "./view.ts";
import { arrangePanels, toggleHidden, type WallLayout } from "./wall-layout.ts";

const MetricPanel = lazy(() =>
  import("#components/charts/metric-panel.tsx").then((panel) => ({ default: panel.MetricPanel })),
);

const PANEL_BUCKETS = 160;
/** Keys of one question; more are asked for in further ones. */
const KEYS_AT_ONCE = 40;
const MOST_KEYS = 200;
const KEPT_MS = 60_000;

type MetricWallProps = { run: RunDetail; x: View["x"]; window: View["window"] };

/** Every metric of the current attempt as a small live panel; one cross-hair for all. Asked for when it comes near. */
export const MetricWall = memo(function MetricWall(props: MetricWallProps) {
  const { run } = props;
  const words = useTranslations("wall");
  const [near, watch] = useNear();
  const metrics = useMetricWords();
  const [sought, setSought] = useState("");
  const [arranging, setArranging] = useState(false);
  const [layout, setLayout] = useWallLayout(run.id);
  const keys = useMemo(() => run.keys.filter((key) => !isLayerKey(key)), [run.keys]);
  const all = useMemo(() => groupPanels(keys.slice(0, MOST_KEYS)), [keys]);
  const groups = useMemo(() => {
    const text = sought.trim().toLowerCase();
    const named = (group: PanelGroup) =>
      `${metrics.title(group)} ${group.keys.join(" ")}`.toLowerCase();
    return arrangePanels(all, layout, (group) => named(group).includes(text));
  }, [all, layout, sought, metrics]);
  if (run.attempt === 0 || all.length === 0) {
    return null;
  }
  return (
    <section className="sec full wrap" id="metrics">
      <h2>
        {words("title")} <small>{words("note")}</small>
      </h2>
      <div className="tools wall-tools">
        <label className="slide">
          {words("search")}
          <input
            type="search"
            value={sought}
            onChange={({ currentTarget }) => setSought(currentTarget.value)}
          />
          <output>{words("found", { count: groups.length, all: all.length })}</output>
        </label>
        <button
          type="button"
          className="text-btn"
          aria-pressed={arranging}
          onClick={() => setArranging(!arranging)}
        >
          {words(arranging ? "arranged" : "arrange")}
        </button>
      </div>
      {arranging && <HiddenPanels all={all} layout={layout} onLayout={setLayout} />}
      <div className="wall" ref={watch}>
        {near ? (
          <LivePanels
            {...props}
            groups={groups}
            layout={layout}
            arranging={arranging}
            onLayout={setLayout}
          />
        ) : (
          <StillPanels run={run} groups={groups} />
        )}
      </div>
      {keys.length > MOST_KEYS && (
        <p className="quiet">{words("more", { shown: MOST_KEYS, all: keys.length })}</p>
      )}
    </section>
  );
});

type PanelsProps = MetricWallProps & {
  groups: readonly PanelGroup[];
  layout: WallLayout;
  arranging: boolean;
  onLayout: (layout: WallLayout) => void;
};

/** What was taken off the wall, each to be brought back. */
function HiddenPanels(props: Pick<PanelsProps, "layout" | "onLayout"> & { all: PanelGroup[] }) {
  const { all, layout, onLayout } = props;
  const words = useTranslations("wall");
  const metrics = useMetricWords();
  const hidden = all.filter(({ id }) => layout.hidden.includes(id));
  if (hidden.length === 0) {
    return null;
  }
  return (
    <p className="hidden-panels">
      {words("hidden")}{" "}
      {hidden.map((group) => (
        <button
          key={group.id}
          type="button"
          className="text-btn"
          aria-label={words("bringBack", { title: metrics.title(group) })}
          onClick={() => onLayout(toggleHidden(layout, group.id))}
        >
          {metrics.title(group)}
        </button>
      ))}
    </p>
  );
}

function LivePanels({ groups, layout, arranging, onLayout, ...props }: PanelsProps) {
  const locale = useLocale();
  const words = useTranslations("wall");
  const metrics = useMetricWords();
  const { run, x } = props;
  const series = useWallSeries(props);
  const full = useMemo(() => curveExtent([...series.values()]), [series]);
  const window: ChartWindow = useMemo(
    () => shownWindow(props.window, full) ?? full,
    [props.window, full],
  );
  const still = <StillPanels run={run} groups={groups} />;
  if (series.size === 0) {
    return still;
  }
  return (
    <Suspense fallback={still}>
      {groups.map((group) => (
        <MetricPanel
          key={group.id}
          title={metrics.title(group)}
          unit={unitOf(group.keys)}
          series={group.keys.flatMap((key) => {
            const line = series.get(key);
            return line === undefined ? [] : [{ ...line, label: metrics.short(key, group.prefix) }];
          })}
          xAxis={x}
          window={window}
          locale={locale}
          emptyText={words("empty", { attempt: run.attempt })}
          tools={
            <PanelTools
              id={group.id}
              title={metrics.title(group)}
              layout={layout}
              arranging={arranging}
              shown={groups.map(({ id }) => id)}
              onLayout={onLayout}
            />
          }
        />
      ))}
    </Suspense>
  );
}

function useWallSeries({ run, x, window }: MetricWallProps): Map<string, ChartSeries> {
  const trpc = useTRPC();
  const { id, attempt } = run;
  const keys = run.keys.filter((key) => !isLayerKey(key)).slice(0, MOST_KEYS);
  const origin = originOf(run, x);
  const asked = window === null ? {} : moveWindow(wireWindow(window), origin);
  const portions = Array.from({ length: Math.ceil(keys.length / KEYS_AT_ONCE) }, (_, index) =>
    keys.slice(index * KEYS_AT_ONCE, (index + 1) * KEYS_AT_ONCE),
  );
  const lines = useQueries({
    queries: portions.map((portion) => ({
      ...trpc.runs.series.queryOptions({
        runId: id,
        attempt,
        keys: portion,
        x: wireAxis(x),
        ...asked,
        buckets: PANEL_BUCKETS,
      }),
      structuralSharing: false as const,
      gcTime: KEPT_MS,
      placeholderData: keepPreviousData,
    })),
    combine: toLines,
  });
  return useMemo(
    () =>
      new Map([...lines].map(([key, one]) => [key, { ...one, data: moveX(one.data, -origin) }])),
    [lines, origin],
  );
}

function toLines(results: readonly { data: SeriesAnswer | undefined }[]): Map<string, ChartSeries> {
  const entries = results.flatMap(({ data }) =>
    Object.entries(data?.series ?? {}).map(
      ([key, wire]) =>
        [key, toChartSeries(wire, { id: key, key, label: key, role: "main" })] as const,
    ),
  );
  return new Map(entries);
}

/** The newest values without their curves: before the script, without it, and while the wall is far away. */
function StillPanels({ run, groups }: Pick<PanelsProps, "run" | "groups">) {
  const metrics = useMetricWords();
  const formats = useFormats();
  const words = useTranslations("wall");
  const hydrated = useHydrated();
  return groups.map((group) => (
    <figure key={group.id} className="still-panel">
      <figcaption>
        <h3>{metrics.title(group)}</h3>
      </figcaption>
      <dl>
        {group.keys.map((key) => (
          <div key={key}>
            <dt>{group.keys.length > 1 ? metrics.short(key, group.prefix) : words("newest")}</dt>
            <dd>{formats.metric(run.latest[key], unitOf([key]))}</dd>
          </div>
        ))}
      </dl>
      {hydrated && <span className="sr">{words("coming")}</span>}
    </figure>
  ));
}
