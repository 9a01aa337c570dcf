"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { Link } from "#components/layout/navigation.ts";
import { CurveFigure } from "./curve-figure.tsx";
import { RunState } from "./run-state.tsx";
import { usualSmoothing } from "./run-words.ts";
import { useCurve } from "./use-curve.ts";
import { useLiveRun } from "./use-live-run.ts";
import { useMarkedEvents } from "./use-marked-events.ts";
import { useMetricWords } from "./use-metric-words.ts";
import { useView } from "./use-view.ts";
import type { View } from "./view.ts";

/** The live curve and who it belongs to. The site's frame steps aside where this stands. */
export function EmbedRun({ id }: { id: string }) {
  const words = useTranslations("run");
  const metrics = useMetricWords();
  const live = useLiveRun(id);
  const { run, status, silentMs } = live;
  const [view, change] = useView(usualSmoothing(run.config));
  const { window } = useCurve(run, view);
  const { marked: events } = useMarkedEvents(id, view, window);
  const onWindow = useCallback(
    (window: View["window"]) => change({ window, span: "whole" }),
    [change],
  );
  const onChoices = useCallback((choices: View["choices"]) => change({ choices }), [change]);
  return (
    <section className="embed wrap">
      <h1 className="embed-title">
        <Link href={`/runs/${id}`} target="_blank">
          {run.name}
        </Link>{" "}
        <RunState status={status} silentMs={silentMs ?? undefined} />
      </h1>
      <CurveFigure
        run={run}
        live={status === "live" || status === "quiet"}
        cut={live.connection.phase === "waiting"}
        view={view}
        events={events}
        title={words("chartName", {
          metrics: view.keys.map(metrics.label).join(", "),
          name: run.name,
        })}
        onWindow={onWindow}
        onChoices={onChoices}
      />
    </section>
  );
}
