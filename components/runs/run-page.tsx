"use client";
import { useTranslations } from "next-intl";
import { useCallback, useMemo } from "react";
import { AlertsPanel } from "#components/alerts/alerts-panel.tsx";
import { ChartSync } from "#components/charts/chart-sync.tsx";
import { CitingThreads } from "#components/forum/citing-threads.tsx";
import { RunProof } from "#components/initiatives/run-proof.tsx";
import { AttemptsTable } from "./attempts-table.tsx";
import { CheckpointsTable } from "./checkpoints-table.tsx";
import { ConfigTable } from "./config-table.tsx";
import { ControlPanel } from "./control-panel.tsx";
import { CurveFigure } from "./curve-figure.tsx";
import { CurveLinks } from "./curve-links.tsx";
import { CurveTools } from "./curve-tools.tsx";
import { Evaluations } from "./evaluations.tsx";
import { EventsTable } from "./events-table.tsx";
import { LayerMap } from "./layer-map.tsx";
import { LogTail } from "./log-tail.tsx";
import { MetricWall } from "./metric-wall.tsx";
import { Readout } from "./readout.tsx";
import { RunTitle } from "./run-title.tsx";
import { usualSmoothing } from "./run-words.ts";
import { Samples } from "./samples.tsx";
import { StageTimeline } from "./stage-timeline.tsx";
import { useCurve } from "./use-curve.ts";
import { type LiveRun, useLiveRun } from "./use-live-run.ts";
import { useMarkedEvents } from "./use-marked-events.ts";
import { useMetricWords } from "./use-metric-words.ts";
import { useSettled } from "./use-settled.ts";
import { useView } from "./use-view.ts";
import { useWholeLoss } from "./use-whole-loss.ts";
import type { View } from "./view.ts";

/** The finer curve is asked for at once; dozens of small lines around it would make it wait. */
const SETTLE_MS = 250;

/** A run, whole: figures, stages, curve, metrics, layers, evaluations, events, commands, checkpoints, samples, settings, log. */
export function RunPage({ id }: { id: string }) {
  const live = useLiveRun(id);
  const { run } = live;
  const [view, change] = useView(usualSmoothing(run.config));
  const { window } = useCurve(run, view);
  const near = useMemo(() => ({ x: view.x, window }), [view.x, window]);
  const settled = useSettled(near, SETTLE_MS);
  const { newest, marked } = useMarkedEvents(id, view, window);
  const { line } = useWholeLoss(run);
  const onLayers = useCallback((layers: View["layers"]) => change({ layers }), [change]);
  const onHiddenKinds = useCallback((hiddenKinds: string[]) => change({ hiddenKinds }), [change]);
  const onSteps = useCallback(
    (from: number, to: number) => {
      change({ x: "step", span: "whole", window: { from, to } });
      document.getElementById("curve")?.scrollIntoView();
    },
    [change],
  );
  const speaks = live.status === "live" || live.status === "quiet";
  return (
    <>
      <RunTitle live={live} />
      <Readout live={live} line={line} smoothing={view.smoothing} />
      <StageTimeline run={run} />
      <ChartSync>
        <Curve live={live} view={view} window={window} events={marked} onChange={change} />
        <MetricWall run={run} {...settled} />
        <LayerMap run={run} {...settled} layers={view.layers} onLayers={onLayers} />
        <Evaluations run={run} {...settled} />
      </ChartSync>
      <CitingThreads
        runId={id}
        {...(settled.x === "step" && settled.window !== null
          ? { from: settled.window.from, to: settled.window.to ?? undefined }
          : {})}
      />
      <EventsTable
        run={run}
        newest={newest}
        hiddenKinds={view.hiddenKinds}
        onHiddenKinds={onHiddenKinds}
        onSteps={onSteps}
      />
      <ControlPanel live={live} />
      {!run.archived && <RunProof runId={id} live={speaks} />}
      {!run.archived && <AlertsPanel runId={id} />}
      <CheckpointsTable run={run} />
      {!run.archived && <Samples id={id} />}
      <AttemptsTable run={run} />
      <ConfigTable run={run} />
      <LogTail run={run} live={speaks} />
    </>
  );
}

type CurveProps = {
  live: LiveRun;
  view: View;
  window: View["window"];
  events: ReturnType<typeof useMarkedEvents>["marked"];
  onChange: (change: Partial<View>) => void;
};

function Curve({ live, view, window, events, onChange }: CurveProps) {
  const words = useTranslations("run");
  const metrics = useMetricWords();
  const { run, status, connection } = live;
  const title = view.keys.map(metrics.label).join(", ");
  const onWindow = useCallback(
    (window: View["window"]) => onChange({ window, span: "whole" }),
    [onChange],
  );
  const onChoices = useCallback((choices: View["choices"]) => onChange({ choices }), [onChange]);
  const actions = useMemo(
    () => <CurveLinks run={run} view={view} window={window} />,
    [run, view, window],
  );
  return (
    <section className="fig wrap" id="curve" aria-labelledby="curve-title">
      <div className="fig-bar">
        <h2 id="curve-title">{title}</h2>
        <CurveTools run={run} view={view} onChange={onChange} />
      </div>
      <CurveFigure
        run={run}
        live={status === "live" || status === "quiet"}
        cut={connection.phase === "waiting"}
        view={view}
        events={events}
        title={words("chartName", { metrics: title, name: run.name })}
        onWindow={onWindow}
        onChoices={onChoices}
        actions={actions}
      />
    </section>
  );
}
