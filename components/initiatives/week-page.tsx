import { useFormatter, useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import type { Overdue, WeeklyRound } from "#server/initiatives/contract.ts";
import { StateMark } from "./state-mark.tsx";
import "./initiatives.css";

const WEEK_MS = 7 * 86_400_000;

/** What each decision means to a reader of the round. */
const GROUPS = {
  answered: ["find-feasible", "ask-for-work", "find-infeasible"],
  decided: ["approve", "decline", "merge", "unmerge", "supersede", "defer", "resume"],
  tried: ["start-trial", "keep", "roll-back"],
  shipped: ["settle", "release"],
  moved: ["publish", "take-up", "revise", "assign", "unassign", "open-comment", "withdraw"],
} as const;

export function WeekPage({
  week,
  overdue,
  now,
}: {
  week: WeeklyRound;
  overdue: Overdue;
  now: number;
}) {
  const words = useTranslations("initiatives");
  const format = useFormatter();
  const { weekStart } = week;
  const day = (time: number) => format.dateTime(time, { dateStyle: "medium", timeZone: "UTC" });
  return (
    <>
      <section className="title wrap">
        <p className="crumb">
          <Link href="/initiatives">{words("section")}</Link>
        </p>
        <h1>{words("weekTitle", { from: day(weekStart), to: day(weekStart + WEEK_MS - 1) })}</h1>
        <p className="actions">
          <Link className="btn" href={`/initiatives/week?time=${weekStart - 1}`}>
            {words("weekBefore")}
          </Link>
          {weekStart + WEEK_MS <= now && (
            <Link className="btn" href={`/initiatives/week?time=${weekStart + WEEK_MS}`}>
              {words("weekAfter")}
            </Link>
          )}
          <a className="btn" href="/initiatives/feed">
            RSS
          </a>
        </p>
      </section>
      {Object.entries(GROUPS).map(([group, kinds]) => (
        <section key={group} className="sec wrap">
          <h2>{words(`group.${group}`)}</h2>
          <Decisions
            decisions={week.decisions.filter(({ kind }) =>
              kinds.some((one) => kind === `initiative.${one}`),
            )}
          />
        </section>
      ))}
      <section className="sec wrap">
        <h2>{words("waiting")}</h2>
        {overdue.initiatives.length === 0 ? (
          <p className="quiet">{words("nothing")}</p>
        ) : (
          <ul className="concerns">
            {overdue.initiatives.map(({ id, title, dueAt }) => (
              <li key={id}>
                <Link href={`/initiatives/${id}`}>
                  {id}: {title}
                </Link>{" "}
                <span className="note">
                  {words("overdueSince", { when: format.relativeTime(dueAt, now) })}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function Decisions({ decisions }: { decisions: WeeklyRound["decisions"] }) {
  const words = useTranslations("initiatives");
  return decisions.length === 0 ? (
    <p className="quiet">{words("nothing")}</p>
  ) : (
    <ul className="concerns">
      {decisions.map(({ id, title, state, kind, reason, at }) => (
        <li key={`${id}-${kind}-${at}`}>
          <p>
            <Link href={`/initiatives/${id}`}>
              {id}: {title}
            </Link>{" "}
            <StateMark state={state} />
          </p>
          <p className="note">
            {words(`move.${kind.replace("initiative.", "")}`)} · {reason}
          </p>
        </li>
      ))}
    </ul>
  );
}
