import { useFormatter, useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import type { Budget, Overdue } from "#server/initiatives/contract.ts";

type RailProps = { overdue: Overdue; budget: Budget; now: number };

/** What waits too long, what the week may still cost, and how the order is made. */
export function InitiativesRail({ overdue, budget, now }: RailProps) {
  const words = useTranslations("initiatives");
  const format = useFormatter();
  return (
    <aside className="rail">
      <section>
        <h2>{words("waiting")}</h2>
        <p className="quiet">{words("waitingAbout", { count: overdue.initiatives.length })}</p>
        <ul className="threads">
          {overdue.initiatives.map(({ id, title, dueAt }) => (
            <li key={id}>
              <Link href={`/initiatives/${id}`}>
                {id}: {title}
              </Link>
              <p>{words("overdueSince", { when: format.relativeTime(dueAt, now) })}</p>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{words("week")}</h2>
        <p className="quiet">
          {words("budget", { used: budget.used, hours: budget.hours })}{" "}
          <Link href="/initiatives/week">{words("readWeek")}</Link>
        </p>
      </section>
      <section>
        <h2>{words("howOrdered")}</h2>
        <p className="quiet">{words("wantedAbout")}</p>
        <p>
          <code>log10(max(1, votes)) + epoch / 45000</code>
        </p>
        <p className="quiet">{words("countAbout")}</p>
        <p>
          <Link href="/initiatives/help">{words("howItTravels")}</Link>
        </p>
      </section>
    </aside>
  );
}
