"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ChartSeries } from "#components/charts/series.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { lossNow } from "./loss-now.ts";
import { arrivalAt, type Pace } from "./pace.ts";
import { stepUnit } from "./run-words.ts";
import { planShare } from "./stages.ts";
import { type Formats, useFormats } from "./use-formats.ts";
import type { LiveRun } from "./use-live-run.ts";

type ReadoutProps = {
  live: LiveRun;
  line: ChartSeries | undefined;
  pace: Pace | null;
  smoothing: number;
};

/** The figures that say how the run stands. One that the trainer does not send is left out. */
export function Readout({ live, line, pace, smoothing }: ReadoutProps) {
  const words = useTranslations("readout");
  const formats = useFormats();
  const { run } = live;
  const { latest } = run;
  const loss = lossNow(line, smoothing);
  const share = shareOf(run);
  const cells: [string, ReactNode][] = [
    [words(stepUnit(run.config)), formats.step(run.step)],
    ...cell(words("tokens"), run.tokens, (tokens) => formats.count(tokens)),
    ...cell(words(smoothing > 0 ? "lossSmoothed" : "loss"), loss, ({ value }) =>
      formats.loss(value),
    ),
    ...cell(words("evalLoss"), latest["eval/loss"], (value) => formats.loss(value)),
    ...cell(words("gradNorm"), latest["grad_norm"], (value) => formats.metric(value)),
    ...cell(words("lr"), latest["lr"], (value) => formats.metric(value)),
    ...cell(words("rate"), latest["throughput/tokens_per_second"], (value) =>
      formats.metric(value),
    ),
    ...cell(words("data"), latest["data_gb"], (value) => formats.metric(value, "GB")),
    ...cell(words("plan"), share, (value) => formats.percent(value)),
    ...endCell({ live, pace, formats }, words("endsAbout")),
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

function cell<T>(
  name: string,
  value: T | null | undefined,
  write: (value: T) => ReactNode,
): [string, ReactNode][] {
  return value === null || value === undefined ? [] : [[name, write(value)]];
}

function shareOf(run: RunDetail): number | null {
  const said = run.latest["progress_pct"];
  return typeof said === "number" ? said / 100 : planShare(run.planned, run);
}

type EndInput = { live: LiveRun; pace: Pace | null; formats: Formats };

function endCell({ live, pace, formats }: EndInput, name: string): [string, ReactNode][] {
  const { run, status, now } = live;
  const { steps } = run.planned;
  const speaks = status === "live" || status === "quiet";
  const end = speaks && pace !== null && steps !== undefined ? arrivalAt(pace, steps) : null;
  if (end === null) {
    return [];
  }
  const at = end.at - now < 86_400_000 ? formats.hour(end.at) : formats.day(end.at);
  return [
    [
      name,
      <>
        {at} <small>±&nbsp;{formats.duration(end.spreadMs)}</small>
      </>,
    ],
  ];
}
