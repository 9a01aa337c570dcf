import { useLocale, useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import type { Calendar, DailyLogList } from "#server/daily-log/contract.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { hourText } from "./hour-text.ts";
import { LogCalendar } from "./log-calendar.tsx";
import { LogTable } from "./log-table.tsx";
import { TurnForm } from "./turn-form.tsx";

type LogArchiveProps = {
  run: RunDetail;
  list: DailyLogList;
  calendar: Calendar;
  /** The list begins with the newest day. */
  newest: boolean;
};

/** Every day of a run: calendar, list, and where else to read them. */
export function LogArchive({ run, list, calendar, newest }: LogArchiveProps) {
  const words = useTranslations("dailyLog");
  const { turn, days } = calendar;
  const when = { hour: hourText(turn.hour), zone: turn.timeZone };
  return (
    <>
      <section className="title wrap split">
        <div>
          <p className="crumb">
            <Link href="/runs">{words("runs")}</Link> /{" "}
            <Link href={`/runs/${run.id}`}>{run.name}</Link>
          </p>
          <h1>{words("title")}</h1>
          <p className="lede">{words(run.archived ? "ledeArchived" : "lede", when)}</p>
        </div>
        <Feeds id={run.id} />
      </section>
      <section className="sec wrap">
        <h2>
          {words("calendar")}
          {days.length > 0 && <small>{words("calendarNote")}</small>}
        </h2>
        <div>
          {days.length === 0 ? (
            <div className="empty">
              <p>{words("none", when)}</p>
            </div>
          ) : (
            <LogCalendar runId={run.id} days={days} />
          )}
          {!run.archived && <TurnForm runId={run.id} turn={turn} />}
        </div>
      </section>
      {list.logs.length > 0 && (
        <section className="sec wrap" id="days">
          <h2>{words("days")}</h2>
          <div>
            <LogTable logs={list.logs} />
            <p className="actions mt-3">
              {!newest && <Link href={`/runs/${run.id}/logs#days`}>{words("newestDays")}</Link>}
              {list.next !== null && (
                <Link href={`/runs/${run.id}/logs?next=${list.next}#days`}>{words("older")}</Link>
              )}
            </p>
          </div>
        </section>
      )}
    </>
  );
}

function Feeds({ id }: { id: string }) {
  const words = useTranslations("dailyLog");
  const locale = useLocale();
  const address = `/api/v1/runs/${id}/daily-logs`;
  return (
    <p className="actions">
      <a className="btn" href={`${address}.rss?lang=${locale}`}>
        RSS
      </a>
      <a className="btn" href={`${address}.json?lang=${locale}`}>
        JSON Feed
      </a>
      <a className="btn" href={address}>
        {words("json")}
      </a>
    </p>
  );
}
