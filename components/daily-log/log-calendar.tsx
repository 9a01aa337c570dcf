import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { useFormats } from "#components/runs/use-formats.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { CalendarDay } from "#server/daily-log/contract.ts";
import { type Month, monthGrid } from "./month-grid.ts";

type LogCalendarProps = { runId: string; days: readonly CalendarDay[] };

/** 1 January 2024 was a Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** The days that have a log, as calendar leaves: each with the loss it closed with, and whether it is signed. */
export function LogCalendar({ runId, days }: LogCalendarProps) {
  const known = new Map(days.map((day) => [day.day, day]));
  return (
    <div className="log-months">
      {monthGrid([...known.keys()]).map((month) => (
        <Leaf key={month.month} runId={runId} month={month} known={known} />
      ))}
    </div>
  );
}

type LeafProps = { runId: string; month: Month; known: ReadonlyMap<string, CalendarDay> };

function Leaf({ runId, month: { month, weeks }, known }: LeafProps) {
  const { locale } = useFormats();
  const format = (at: number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
      timeZone: "UTC",
      ...options,
    }).format(at);
  const weekdays = Array.from({ length: 7 }, (_, day) => MONDAY + day * DAY_MS);
  return (
    <table className="log-month">
      <caption>{format(Date.parse(`${month}-01`), { year: "numeric", month: "long" })}</caption>
      <thead>
        <tr>
          {weekdays.map((at) => (
            <th key={at} scope="col" abbr={format(at, { weekday: "long" })}>
              {format(at, { weekday: "narrow" })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.find((date) => date !== null)}>
            {week.map((date, weekday) => (
              <td key={date ?? weekdays[weekday]}>
                {date !== null && <Day date={date} runId={runId} log={known.get(date)} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type DayProps = { date: string; runId: string; log: CalendarDay | undefined };

function Day({ date, runId, log }: DayProps) {
  const words = useTranslations("dailyLog");
  const { metric } = useFormats();
  const number = Number(date.slice(8));
  if (log === undefined) {
    return <span className="log-day">{number}</span>;
  }
  return (
    <Link className="log-day kept" href={`/runs/${runId}/logs/${date}`}>
      <span className="log-date">
        {number}
        <Icon name={log.signed ? "s-good" : "s-open"} className="e" />
        <span className="sr">{words(log.signed ? "signed" : "unsigned")}</span>
      </span>
      <span className="log-loss">{log.lossEnd === null ? "–" : metric(log.lossEnd)}</span>
    </Link>
  );
}
