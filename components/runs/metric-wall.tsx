"use client";
import { useLocale, useTranslations } from "next-intl";
import { lazy, memo, Suspense, useMemo, useState } from "react";
import type { ChartSeries, ChartWindow } from "#components/charts/series.ts";
import { useHydrated } from "./clock.tsx";
import { curveExtent, shownWindow } from "./curve-window.ts";
import { isLayerKey } from "./layer-stats.ts";
import { unitOf } from "./metric-words.ts";
import { groupPanels, type PanelGroup } from "./panel-groups.ts";
import { PanelTools } from "./panel-tools.tsx";
import { useFormats } from "./use-formats.ts";
import { useMetricWords } from "./use-metric-words.ts";
import { useNear } from "./use-near.ts";
import { useWallLayout } from "./use-wall-layout.ts";
import { MOST_KEYS, sameItems, useWallSeries, type WallView } from "./use-wall-series.ts";
import { arrangePanels, toggleHidden, type WallLayout } from "./wall-layout.ts";

const MetricPanel = lazy(() =>
  import("#components/charts/metric-panel.tsx").then((panel) => ({ default: panel.MetricPanel })),
);

/** Every metric of the current attempt as a small live panel; one cross-hair for all. Asked for when it comes near. */
export const MetricWall = memo(function MetricWall(props: WallView) {
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

type PanelsProps = WallView & {
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
        <WallPanel
          key={group.id}
          group={group}
          lines={group.keys.flatMap((key) => series.get(key) ?? [])}
          x={x}
          window={window}
          attempt={run.attempt}
          layout={layout}
          arranging={arranging}
          groups={groups}
          onLayout={onLayout}
        />
      ))}
    </Suspense>
  );
}

type WallPanelProps = Omit<PanelsProps, "run" | "window"> & {
  group: PanelGroup;
  lines: readonly ChartSeries[];
  window: ChartWindow;
  attempt: number;
};

/** One panel; while its lines are the same it is not drawn anew, whatever else a message brought. */
const WallPanel = memo(function WallPanel(props: WallPanelProps) {
  const { group, lines, x, window, attempt, layout, arranging, groups, onLayout } = props;
  const locale = useLocale();
  const words = useTranslations("wall");
  const metrics = useMetricWords();
  return (
    <MetricPanel
      title={metrics.title(group)}
      unit={unitOf(group.keys)}
      series={lines.map((line) => ({ ...line, label: metrics.short(line.id, group.prefix) }))}
      xAxis={x}
      window={window}
      locale={locale}
      emptyText={words("empty", { attempt })}
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
  );
}, samePanel);

function samePanel(a: WallPanelProps, b: WallPanelProps): boolean {
  const { lines, ...rest } = a;
  return (
    Object.entries(rest).every(([name, value]) => b[name as keyof WallPanelProps] === value) &&
    sameItems(lines, b.lines)
  );
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
