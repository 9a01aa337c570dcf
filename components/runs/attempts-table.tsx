import { useTranslations } from "next-intl";
import { memo } from "react";
import type { RunDetail } from "#server/runs/contract.ts";
import { MOST_ATTEMPTS } from "./curve-queries.ts";
import { sameRun } from "./same-run.ts";
import { useFormats } from "./use-formats.ts";

/** Each attempt: where it began, why, and where it was left. Nothing while there is only the first. */
export const AttemptsTable = memo(
  function AttemptsTable({ run }: { run: RunDetail }) {
    const words = useTranslations("attempts");
    const formats = useFormats();
    if (run.attempts.length < 2) {
      return null;
    }
    return (
      <section className="sec wrap" id="attempts">
        <h2>{words("title")}</h2>
        <div>
          <table className="grid-table stacking">
            <caption className="sr">{words("caption")}</caption>
            <thead>
              <tr>
                <th scope="col">{words("number")}</th>
                <th scope="col">{words("steps")}</th>
                <th scope="col">{words("reason")}</th>
                <th scope="col">{words("started")}</th>
              </tr>
            </thead>
            <tbody>
              {run.attempts.toReversed().map((attempt) => (
                <tr key={attempt.number}>
                  <th scope="row">{attempt.number}</th>
                  <td className="nowrap">
                    {attempt.number === run.attempt
                      ? words("current", { from: formats.step(attempt.fromStep) })
                      : words("span", {
                          from: formats.step(attempt.fromStep),
                          to: formats.step(attempt.lastStep ?? attempt.fromStep),
                        })}
                  </td>
                  <td className="says">{attempt.reason}</td>
                  <td className="nowrap">{formats.clock(attempt.startedAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {run.attempts.length > MOST_ATTEMPTS && (
            <p className="quiet">{words("drawn", { most: MOST_ATTEMPTS })}</p>
          )}
        </div>
      </section>
    );
  },
  sameRun("attempts", "attempt"),
);
