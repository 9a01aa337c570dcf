import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { useFormats } from "#components/runs/use-formats.ts";
import type { DailyLogItem } from "#server/daily-log/contract.ts";
import { Signature } from "./signature.tsx";

/** A run's days as a table, newest first. A column without a single figure is left out. */
export function LogTable({ logs }: { logs: readonly DailyLogItem[] }) {
  const words = useTranslations("dailyLog");
  const formats = useFormats();
  const has = (name: keyof DailyLogItem["figures"]) =>
    logs.some(({ figures }) => figures[name] !== null);
  const columns = COLUMNS.filter(has);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="scroll" aria-label={words("days")} tabIndex={0}>
      <table className="grid-table">
        <caption className="sr">{words("days")}</caption>
        <thead>
          <tr>
            <th scope="col">{words("day")}</th>
            {columns.map((name) => (
              <th key={name} scope="col" className="n">
                {words(`figure.${name}`)}
              </th>
            ))}
            <th scope="col" className="n">
              {words("events")}
            </th>
            <th scope="col">{words("state")}</th>
          </tr>
        </thead>
        <tbody>
          {logs.map((log) => (
            <tr key={log.day}>
              <th scope="row">
                <Link href={log.url}>{formats.date(Date.parse(log.day))}</Link>
              </th>
              {columns.map((name) => (
                <td key={name} className="n">
                  {log.figures[name] === null ? "–" : formats.metric(log.figures[name])}
                </td>
              ))}
              <td className="n">{log.eventCount}</td>
              <td>
                <Signature log={log} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const COLUMNS = [
  "lossBegin",
  "lossEnd",
  "gradNorm",
  "tokens",
  "dataGb",
  "energyKwh",
  "progressPercent",
] as const;
