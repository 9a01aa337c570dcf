import { useTranslations } from "next-intl";
import type { ChartSeries } from "#components/charts/series.ts";
import { lossNow } from "./loss-now.ts";
import { arrivalAt, type Pace } from "./pace.ts";
import { ENDED } from "./run-words.ts";
import { useFormats } from "./use-formats.ts";
import type { LiveRun } from "./use-live-run.ts";
import { DEFAULT_VIEW } from "./view.ts";

type HomeScoreProps = { live: LiveRun; line: ChartSeries | undefined; pace: Pace | null };

/** The one number of the home page, and the three beside it. */
export function HomeScore({ live, line, pace }: HomeScoreProps) {
  const words = useTranslations("score");
  const formats = useFormats();
  const { run, status } = live;
  const loss = lossNow(line, DEFAULT_VIEW.smoothing);
  const { planned } = run;
  const plannedTokens = planned.tokens;
  const rate = run.latest["throughput/tokens_per_second"];
  return (
    <dl className="score">
      <div className="score-main">
        <dt>{words(lossName(status))}</dt>
        <dd>{formats.loss(loss?.value)}</dd>
        <LossNote loss={loss} />
      </div>
      <div>
        <dt>{words("step")}</dt>
        <dd>{formats.step(run.step)}</dd>
        {planned.steps !== undefined && (
          <dd className="note">{words("ofSteps", { steps: formats.step(planned.steps) })}</dd>
        )}
      </div>
      {run.tokens !== null && (
        <div>
          <dt>{words("tokens")}</dt>
          <dd>{formats.count(run.tokens)}</dd>
          <dd className="note">
            {plannedTokens === undefined
              ? words("perSecond", { rate: formats.metric(rate) })
              : words("ofTokens", { tokens: formats.count(plannedTokens) })}
          </dd>
        </div>
      )}
      <End live={live} pace={pace} />
    </dl>
  );
}

function lossName(status: LiveRun["status"]): "lossNow" | "lossEnd" | "lossLast" {
  if (ENDED.includes(status)) {
    return "lossEnd";
  }
  return status === "live" || status === "quiet" ? "lossNow" : "lossLast";
}

function LossNote({ loss }: { loss: ReturnType<typeof lossNow> }) {
  const words = useTranslations("score");
  const formats = useFormats();
  if (loss === null) {
    return <dd className="note">{words("noLoss")}</dd>;
  }
  if (loss.dayBefore === null) {
    return <dd className="note">{words("from", { first: formats.loss(loss.first) })}</dd>;
  }
  const change = loss.dayBefore - loss.value;
  return (
    <dd className="note">
      {words(change >= 0 ? "belowYesterday" : "aboveYesterday", {
        change: formats.loss(Math.abs(change)),
      })}
    </dd>
  );
}

function End({ live, pace }: Pick<HomeScoreProps, "live" | "pace">) {
  const words = useTranslations("score");
  const formats = useFormats();
  const { run, status, now } = live;
  if (ENDED.includes(status)) {
    return (
      <div>
        <dt>{words("ended")}</dt>
        <dd>{formats.day(run.finishedAt ?? run.updatedAt)}</dd>
        <dd className="note">{formats.hour(run.finishedAt ?? run.updatedAt)}</dd>
      </div>
    );
  }
  const speaks = status === "live" || status === "quiet";
  const end =
    speaks && pace !== null && run.planned.steps !== undefined
      ? arrivalAt(pace, run.planned.steps)
      : null;
  if (end === null) {
    return null;
  }
  const soon = end.at - now < 86_400_000;
  return (
    <div>
      <dt>{words("endsAbout")}</dt>
      <dd>{soon ? formats.hour(end.at) : formats.day(end.at)}</dd>
      <dd className="note">{words("giveOrTake", { spread: formats.duration(end.spreadMs) })}</dd>
    </div>
  );
}
