import { useTranslations } from "next-intl";
import { EventIcon } from "#components/charts/event-mark.tsx";
import { toneOf } from "#components/charts/events.ts";
import { Link } from "#components/layout/navigation.ts";
import { useFormats } from "#components/runs/use-formats.ts";
import type { DayEvent } from "#server/daily-log/contract.ts";

type DayEventsProps = { runId: string; events: readonly DayEvent[] };

/** What happened on the day, as it was told when the log was drafted. */
export function DayEvents({ runId, events }: DayEventsProps) {
  const words = useTranslations("dailyLog");
  const kinds = useTranslations("charts.kinds");
  const formats = useFormats();
  if (events.length === 0) {
    return <p className="empty">{words("noEvents")}</p>;
  }
  return (
    <table className="grid-table stacking">
      <caption className="sr">{words("eventsTitle")}</caption>
      <thead>
        <tr>
          <th scope="col">{words("step")}</th>
          <th scope="col">{words("event")}</th>
          <th scope="col">{words("what")}</th>
          <th scope="col">{words("when")}</th>
        </tr>
      </thead>
      <tbody>
        {events.map(({ id, kind, step, message, time }) => (
          <tr key={id}>
            <th scope="row">
              <Link href={`/runs/${runId}#${id}`}>{formats.step(step)}</Link>
            </th>
            <td>
              <span className={`state ${toneOf(kind)}`}>
                <EventIcon kind={kind} />
                {kinds(kind)}
              </span>
            </td>
            <td className="says">{message}</td>
            <td className="nowrap">{formats.clock(time)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
