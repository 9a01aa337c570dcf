"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ChartSeries } from "#components/charts/series.ts";
import type { RunProgress } from "#server/progress/contract.ts";
import { lossNow } from "./loss-now.ts";
import { stepUnit } from "./run-words.ts";
import { planShare } from "./stages.ts";
import { useFormats } from "./use-formats.ts";
import type { LiveRun } from "./use-live-run.ts";
import { useProgress } from "./use-progress.ts";

type ReadoutProps = { live: LiveRun; line: ChartSeries | undefined; smoothing: number };

type Cell = [name: string, value: ReactNode];

/** The figures that say how the run stands. One that the trainer does not send is left out. */
export function Readout({ live, line, smoothing }: ReadoutProps) {
  const progress = useProgress(live);
  const cells = [
    ...useTrainingCells({ live, line, smoothing }),
    ...useSpeedCells(live, progress),
    ...useEndCells(live, progress),
  ];
  return (
    <dl className="readout wrap">
      {cells.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function useTrainingCells({ live: { run }, line, smoothing }: ReadoutProps): Cell[] {
  const words = useTranslations("readout");
  const formats = useFormats();
  const { latest } = run;
  return [
    [words(stepUnit(run.config)), formats.step(run.step)],
    ...cell(words("tokens"), run.tokens, (tokens) => formats.count(tokens)),
    ...cell(words(smoothing > 0 ? "lossSmoothed" : "loss"), lossNow(line, smoothing), ({ value }) =>
      formats.loss(value),
    ),
    ...cell(words("evalLoss"), latest["eval/loss"], (value) => formats.loss(value)),
    ...cell(words("gradNorm"), latest["grad_norm"], (value) => formats.metric(value)),
    ...cell(words("lr"), latest["lr"], (value) => formats.metric(value)),
  ];
}

/** How fast, on what, and at what price. */
function useSpeedCells({ run }: LiveRun, progress: RunProgress | undefined): Cell[] {
  const words = useTranslations("readout");
  const formats = useFormats();
  const data = words(stepUnit(run.config) === "day" ? "dataThatDay" : "data");
  if (progress === undefined) {
    return [];
  }
  const { devices, tokensPerSecondPerDevice: each } = progress;
  return [
    ...cell(words("rate"), progress.tokensPerSecond, (value) => (
      <>
        {formats.metric(value)}
        {devices !== null && devices > 1 && each !== null && (
          <small> {words("perDevice", { rate: formats.metric(each) })}</small>
        )}
      </>
    )),
    ...cell(words("mfu"), progress.mfu, (value) => formats.percent(value)),
    ...cell(words("devices"), devices, (value) => formats.step(value)),
    ...cell(data, progress.dataGb, (value) =>
      value < 1 ? formats.metric(value * 1000, "MB") : formats.metric(value, "GB"),
    ),
    ...cell(words("energy"), progress.energyKwh, (value) => (
      <>
        {value < 1 ? formats.metric(value * 1000, "Wh") : formats.metric(value, "kWh")}
        {progress.powerWatts !== null && (
          <small> {words("power", { watts: formats.metric(progress.powerWatts, "W") })}</small>
        )}
      </>
    )),
    ...cell(words("co2e"), progress.co2eKg, (kg) =>
      kg < 1 ? formats.metric(kg * 1000, "g") : formats.metric(kg, "kg"),
    ),
    ...cell(words("cost"), progress.cost, ({ value, currency }) =>
      formats.metric(value, currency ?? undefined),
    ),
  ];
}

/** How much of the plan, and when it ends: in the middle of what the pace so far allows, with the spread. */
function useEndCells({ run, status, now }: LiveRun, progress: RunProgress | undefined): Cell[] {
  const words = useTranslations("readout");
  const formats = useFormats();
  const percent = progress?.percent ?? null;
  const share = percent === null ? planShare(run.planned, run) : percent / 100;
  const speaks = status === "live" || status === "quiet";
  const arrival = speaks ? (progress?.arrival ?? null) : null;
  return [
    ...cell(words("plan"), share, (value) => formats.percent(value)),
    ...cell(words("endsAbout"), arrival, ({ at, early, late }) => (
      <>
        {at - now < DAY_MS ? formats.hour(at) : formats.day(at)}{" "}
        <small>±&nbsp;{formats.duration((late - early) / 2)}</small>
      </>
    )),
  ];
}

const DAY_MS = 86_400_000;

function cell<T>(
  name: string,
  value: T | null | undefined,
  write: (value: T) => ReactNode,
): Cell[] {
  return value === null || value === undefined ? [] : [[name, write(value)]];
}
