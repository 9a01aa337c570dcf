"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useCallback, useMemo } from "react";
import { Link } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { CurveFigure } from "./curve-figure.tsx";
import { EVENTS_QUERY } from "./detail-queries.ts";
import { HomeScore } from "./home-score.tsx";
import { RunningOrder } from "./running-order.tsx";
import { SpanChoice } from "./span-choice.tsx";
import { useLiveRun } from "./use-live-run.ts";
import { useView } from "./use-view.ts";
import { useWholeLoss } from "./use-whole-loss.ts";
import { DEFAULT_VIEW, type View } from "./view.ts";

/** The live part of the home page: the figures, the curve, the running order. */
export function HomeLive({ id }: { id: string }) {
  const trpc = useTRPC();
  const words = useTranslations("home");
  const live = useLiveRun(id);
  const [address, change] = useView();
  const view = useMemo(
    () => ({ ...DEFAULT_VIEW, span: address.span, window: address.window }),
    [address],
  );
  const events = useQuery(trpc.runs.events.queryOptions({ runId: id, ...EVENTS_QUERY }));
  const onWindow = useCallback((window: View["window"]) => change({ window }), [change]);
  const { line, pace } = useWholeLoss(live.run);
  const { run } = live;
  const actions = useMemo(() => <Link href={`/runs/${id}`}>{words("openRun")}</Link>, [id, words]);
  return (
    <>
      <section className="hero wrap">
        <div className="hero-say">
          <h1>{words.rich("headline", { br: () => <br /> })}</h1>
          <p>{words("say")}</p>
        </div>
        <HomeScore live={live} line={line} pace={pace} />
      </section>
      <section className="fig wrap" aria-labelledby="curve-title">
        <div className="fig-bar">
          <h2 id="curve-title">{words("curveTitle", { name: run.name })}</h2>
          <SpanChoice view={view} onChange={change} />
        </div>
        <CurveFigure
          run={run}
          live={live.status === "live"}
          cut={live.connection.phase === "waiting"}
          view={view}
          events={events.data?.events ?? NONE}
          title={words("chartName", { name: run.name })}
          onWindow={onWindow}
          actions={actions}
        />
      </section>
      <RunningOrder live={live} pace={pace} />
    </>
  );
}

const NONE: never[] = [];
