"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useCallback, useMemo } from "react";
import { ChartSync } from "#components/charts/chart-sync.tsx";
import { useTRPC } from "#components/rpc/trpc.ts";
import { AttemptsTable } from "./attempts-table.tsx";
import { CheckpointsTable } from "./checkpoints-table.tsx";
import { ConfigTable } from "./config-table.tsx";
import { CurveFigure } from "./curve-figure.tsx";
import { CurveLinks } from "./curve-links.tsx";
import { CurveTools } from "./curve-tools.tsx";
import { EVENTS_QUERY } from "./detail-queries.ts";
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
import { useLiveRun } from "./use-live-run.ts";
import { useMetricWords } from "./use-metric-words.ts";
import { useView } from "./use-view.ts";
import { useWholeLoss } from "./use-whole-loss.ts";
import type { View } from "./view.ts";

/** A run, whole: figures, stages, curve, wall of metrics, events, checkpoints, samples, attempts, configuration, log. */
export function RunPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const words = useTranslations("run");
  const metrics = useMetricWords();
  const live = useLiveRun(id);
  const [view, change] = useView(usualSmoothing(live.run.config));
  const { window } = useCurve(live.run, view);
  const { data } = useQuery(trpc.runs.events.queryOptions({ runId: id, ...EVENTS_QUERY }));
  const onWindow = useCallback(
    (window: View["window"]) => change({ window, span: "whole" }),
    [change],
  );
  const onChoices = useCallback((choices: View["choices"]) => change({ choices }), [change]);
  const onLayers = useCallback((layers: View["layers"]) => change({ layers }), [change]);
  const { line, pace } = useWholeLoss(live.run);
  const { run } = live;
  const events = useMemo(() => data?.events ?? [], [data]);
  const title = view.keys.map(metrics.label).join(", ");
  const speaks = live.status === "live" || live.status === "quiet";
  return (
    <>
      <RunTitle live={live} />
      <Readout live={live} line={line} pace={pace} smoothing={view.smoothing} />
      <StageTimeline run={run} />
      <ChartSync>
        <section className="fig wrap" aria-labelledby="curve-title">
          <div className="fig-bar">
            <h2 id="curve-title">{title}</h2>
            <CurveTools run={run} view={view} onChange={change} />
          </div>
          <CurveFigure
            run={run}
            live={speaks}
            cut={live.connection.phase === "waiting"}
            view={view}
            events={events}
            title={words("chartName", { metrics: title, name: run.name })}
            onWindow={onWindow}
            onChoices={onChoices}
            actions={<CurveLinks run={run} view={view} window={window} />}
          />
        </section>
        <MetricWall run={run} x={view.x} window={window} />
        <LayerMap run={run} x={view.x} window={window} layers={view.layers} onLayers={onLayers} />
      </ChartSync>
      <EventsTable events={events} more={data?.next !== null} />
      <CheckpointsTable run={run} />
      {!run.archived && <Samples id={id} />}
      <AttemptsTable run={run} />
      <ConfigTable run={run} />
      <LogTail run={run} live={speaks} />
    </>
  );
}
