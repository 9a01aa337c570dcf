"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { CSSProperties, ReactNode } from "react";
import { Link } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Icon } from "#components/ui/icon.tsx";
import { LIST_QUERY } from "./list-query.ts";
import { LiveAnnouncer } from "./live-announcer.tsx";
import { retryNow } from "./live-registry.ts";
import { pickOnAir } from "./pick-on-air.ts";
import { ENDED, STATUS_LOOK } from "./run-words.ts";
import { planShare } from "./stages.ts";
import { useFormats } from "./use-formats.ts";
import { type LiveRun, useLiveRun } from "./use-live-run.ts";

const LOOK_FOR_RUNS_MS = 60_000;
const DAY_MS = 86_400_000;

/** The strip that tops every page: the run on the air, in one line. */
export function OnAirStrip() {
  const trpc = useTRPC();
  const words = useTranslations("air");
  const list = useQuery(
    trpc.runs.list.queryOptions(LIST_QUERY, { refetchInterval: LOOK_FOR_RUNS_MS }),
  );
  const onAir = pickOnAir(list.data?.runs ?? []);
  return (
    <aside className="air" aria-label={words("strip")}>
      {onAir === null ? <OffAir /> : <OnAir key={onAir.id} id={onAir.id} />}
    </aside>
  );
}

function OffAir() {
  const words = useTranslations("air");
  return (
    <>
      <div className="wrap">
        <span className="lamp off">
          <Icon name="s-open" />
          {words("offAir")}
        </span>
        <span>{words("noRun")}</span>
      </div>
      <div className="air-bar" />
    </>
  );
}

function OnAir({ id }: { id: string }) {
  const words = useTranslations("air");
  const formats = useFormats();
  const live = useLiveRun(id);
  const { run, now } = live;
  const share = planShare(run.planned, run);
  const rate = run.latest["throughput/tokens_per_second"];
  const day = Math.floor((now - (run.startedAt ?? now)) / DAY_MS) + 1;
  const speaks = live.status === "live" || live.status === "quiet";
  return (
    <>
      <div className="wrap">
        <Lamp {...live} />
        <Link className="air-run" href={`/runs/${run.id}`}>
          {run.name}
        </Link>
        <span>{words.rich("step", { b: bold, step: formats.step(run.step) })}</span>
        {run.latest["loss"] !== undefined && (
          <span>{words.rich("loss", { b: bold, loss: formats.loss(run.latest["loss"]) })}</span>
        )}
        {rate !== undefined && speaks && (
          <span className="wide roomy">
            {words.rich("rate", { b: bold, rate: formats.metric(rate) })}
          </span>
        )}
        <span className="air-end">
          {share !== null && (
            <span className="wide">
              {words.rich("progress", { b: bold, day, share: formats.percent(share) })}
            </span>
          )}
          <LastMessage {...live} />
        </span>
      </div>
      <div className="air-bar" style={{ "--done": `${(share ?? 0) * 100}%` } as CSSProperties} />
      <LiveAnnouncer {...live} />
    </>
  );
}

const bold = (chunks: ReactNode) => <b>{chunks}</b>;

function isCut({ connection, status }: LiveRun): boolean {
  return connection.phase === "waiting" && !ENDED.includes(status);
}

function Lamp(live: LiveRun) {
  const words = useTranslations();
  if (isCut(live)) {
    return (
      <span className="lamp off">
        <Icon name="s-open" />
        {words("air.cut")}
      </span>
    );
  }
  return (
    <span className={live.status === "live" ? "lamp" : "lamp off"}>
      <Icon name={STATUS_LOOK[live.status].icon} />
      {words(`status.${live.status}`)}
    </span>
  );
}

function LastMessage(live: LiveRun) {
  const words = useTranslations("air");
  const formats = useFormats();
  const { run, connection, silentMs } = live;
  if (isCut(live) && connection.phase === "waiting") {
    const seconds = Math.max(0, Math.ceil((connection.retryAt - Date.now()) / 1000));
    return (
      <span>
        {words("reconnecting", { seconds })}{" "}
        <button type="button" className="text-btn" onClick={() => retryNow(run.id)}>
          {words("now")}
        </button>
      </span>
    );
  }
  if (ENDED.includes(live.status)) {
    return <span>{formats.clock(run.finishedAt ?? run.updatedAt)}</span>;
  }
  if (silentMs === null) {
    return null;
  }
  const calm = live.status === "live" || live.status === "paused";
  const age = formats.age(silentMs);
  return (
    <span>
      {calm
        ? words("ago", { age })
        : words.rich("lastMessage", { age, w: (chunks) => <span className="wide">{chunks}</span> })}
    </span>
  );
}
