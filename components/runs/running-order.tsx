"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import { comingSteps } from "./coming-steps.ts";
import { CHECKPOINTS_QUERY } from "./detail-queries.ts";
import { arrivalAt, type Pace } from "./pace.ts";
import { ENDED } from "./run-words.ts";
import { viewStages } from "./stages.ts";
import { useFormats } from "./use-formats.ts";
import type { LiveRun } from "./use-live-run.ts";

type RunningOrderProps = { live: LiveRun; pace: Pace | null };

/** What the run does now, next and later: its stages and its next checkpoint, with the times that its pace gives. */
export function RunningOrder({ live, pace }: RunningOrderProps) {
  const words = useTranslations("order");
  const trpc = useTRPC();
  const when = useWhen(live, pace);
  const { run, status } = live;
  const { data } = useQuery(
    trpc.runs.checkpoints.queryOptions({ runId: run.id, ...CHECKPOINTS_QUERY }),
  );
  const ended = ENDED.includes(status);
  const coming = ended ? [] : comingSteps(run, data?.checkpoints.map(({ step }) => step) ?? []);
  const begun = viewStages(run.planned, run.step).some(({ state }) => state === "now");
  return (
    <section className="sec wrap">
      <h2>{words("title")}</h2>
      {coming.length === 0 ? (
        <p className="quiet">{words(ended ? "ended" : "noPlan")}</p>
      ) : (
        <table className="rundown">
          <caption className="sr">{words("caption")}</caption>
          <tbody>
            {begun && <NowRow live={live} />}
            {coming.map((row, index) => (
              <tr key={row.id}>
                <th scope="row">
                  <span className={index > 1 ? "sr" : undefined}>
                    {words(index === 0 ? "next" : "later")}
                  </span>
                </th>
                <td>{when(row.step)}</td>
                <td>
                  <Coming {...row} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const bold = (chunks: ReactNode) => <b>{chunks}</b>;

function NowRow({ live: { run } }: { live: LiveRun }) {
  const words = useTranslations("order");
  const formats = useFormats();
  const stage = viewStages(run.planned, run.step).find(({ state }) => state === "now");
  if (stage === undefined) {
    return null;
  }
  const { number, name } = stage;
  return (
    <tr className="is-now">
      <th scope="row">{words("now")}</th>
      <td>{words("since", { step: formats.step(stage.fromStep) })}</td>
      <td>
        {words.rich("stageNow", { b: bold, number, name, share: formats.percent(stage.done) })}
      </td>
    </tr>
  );
}

function Coming(row: ReturnType<typeof comingSteps>[number]) {
  const words = useTranslations("order");
  const formats = useFormats();
  const step = formats.step(row.step);
  if (row.kind === "stage") {
    return words.rich("stageLater", { b: bold, number: row.number, name: row.name, step });
  }
  return words.rich(row.kind, { b: bold, step });
}

const SOON_MS = 6 * 3_600_000;
const SAME_DAY_MS = 20 * 3_600_000;

/** When a step will come, in words; its number while nobody can know. */
function useWhen({ status, now }: LiveRun, pace: Pace | null): (step: number) => string {
  const words = useTranslations("order");
  const formats = useFormats();
  return (step) => {
    const speaks = status === "live" || status === "quiet";
    const arrival = pace !== null && speaks ? arrivalAt(pace, step) : null;
    if (arrival === null) {
      return words("atStep", { step: formats.step(step) });
    }
    const away = Math.max(0, arrival.at - now);
    if (away < SOON_MS) {
      return words("in", { duration: formats.duration(away) });
    }
    const moment = away < SAME_DAY_MS ? formats.hour(arrival.at) : formats.clock(arrival.at);
    return words("about", { moment });
  };
}
