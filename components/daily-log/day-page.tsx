import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Link } from "#components/layout/navigation.ts";
import { Markdown } from "#components/markdown/markdown.tsx";
import { useFormats } from "#components/runs/use-formats.ts";
import type { DailyLog } from "#server/daily-log/contract.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { DayEvents } from "./day-events.tsx";
import { DayFigures } from "./day-figures.tsx";
import { DayRevisions } from "./day-revisions.tsx";
import { LogEditor } from "./log-editor.tsx";
import { Signature } from "./signature.tsx";

type DayPageProps = {
  run: RunDetail;
  log: DailyLog;
  preview: (text: string) => Promise<ReactNode>;
};

/** One day of a run: figures, events, the engineer's words and who stands for them. */
export function DayPage({ run, log, preview }: DayPageProps) {
  const words = useTranslations("dailyLog");
  return (
    <>
      <DayTitle run={run} log={log} />
      <section className="sec wrap">
        <h2>{words("figures")}</h2>
        <div>
          <DayFigures figures={log.figures} />
        </div>
      </section>
      <section className="sec wrap">
        <h2>{words("eventsTitle")}</h2>
        <div>
          <DayEvents runId={run.id} events={log.events} />
        </div>
      </section>
      <section className="sec wrap">
        <h2>{words("comment")}</h2>
        <div>
          {log.comment === "" ? (
            <p className="quiet">{words("noComment")}</p>
          ) : (
            <Markdown text={log.comment} prefix={`${log.day}-`} />
          )}
          <LogEditor
            runId={run.id}
            day={log.day}
            comment={log.comment}
            revision={log.revisions.at(-1)?.number ?? 0}
            signed={log.signed}
            preview={preview}
          />
          <DayRevisions revisions={log.revisions} />
        </div>
      </section>
      {log.chainHead !== null && (
        <section className="sec wrap">
          <h2>{words("proof")}</h2>
          <p>
            {words.rich("chain", {
              number: log.chainHead.number,
              a: (text) => <Link href="/decisions">{text}</Link>,
            })}{" "}
            <code>{log.chainHead.hash}</code>
          </p>
        </section>
      )}
    </>
  );
}

function DayTitle({ run, log }: Omit<DayPageProps, "preview">) {
  const words = useTranslations("dailyLog");
  const formats = useFormats();
  const logs = `/runs/${run.id}/logs`;
  return (
    <section className="title wrap split">
      <div>
        <p className="crumb">
          <Link href="/runs">{words("runs")}</Link> /{" "}
          <Link href={`/runs/${run.id}`}>{run.name}</Link> /{" "}
          <Link href={logs}>{words("title")}</Link>
        </p>
        <h1>{formats.date(Date.parse(log.day))}</h1>
        <p className="facts">
          <Signature log={log} />
          <span>{words("span", { from: formats.clock(log.from), to: formats.clock(log.to) })}</span>
          <span>
            {log.source === "archive"
              ? words("published")
              : words("drafted", { at: formats.clock(log.draftedAt) })}
          </span>
        </p>
      </div>
      <p className="actions">
        {log.previous !== null && (
          <Link className="btn" href={`${logs}/${log.previous}`} rel="prev">
            {words("previous")}
          </Link>
        )}
        {log.following !== null && (
          <Link className="btn" href={`${logs}/${log.following}`} rel="next">
            {words("following")}
          </Link>
        )}
        <Link className="btn" href={`/runs/${run.id}?x=time&from=${log.from}&to=${log.to}`}>
          {words("onCurve")}
        </Link>
      </p>
    </section>
  );
}
