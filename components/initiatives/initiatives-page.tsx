import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import {
  type Budget,
  CATEGORIES,
  type InitiativeList,
  ORDERS,
  type Overdue,
  STAGES,
} from "#server/initiatives/contract.ts";
import { InitiativeRow } from "./initiative-row.tsx";
import { type InitiativesQuery, initiativesHref } from "./initiatives-query.ts";
import { InitiativesRail } from "./initiatives-rail.tsx";
import { LiveInitiatives } from "./live-initiatives.tsx";
import "./initiatives.css";

type PageProps = {
  query: InitiativesQuery;
  list: InitiativeList;
  counts: Record<string, number>;
  overdue: Overdue;
  budget: Budget;
  now: number;
};

const STAGE_OF: Record<string, readonly string[]> = {
  open: ["open", "triage", "needs-work", "feasible", "assigned", "final-comment"],
  trial: ["approved", "trial", "provisional"],
  shipped: ["stable", "released"],
};

export function InitiativesPage(props: PageProps) {
  const words = useTranslations("initiatives");
  const { query, list, counts } = props;
  return (
    <>
      <LiveInitiatives topic="initiatives" />
      <section className="title wrap split">
        <div>
          <h1>{words("title")}</h1>
          <p className="lede">{words("lede")}</p>
        </div>
        <p className="actions">
          <Link className="btn main" href="/initiatives/new">
            {words("propose")}
          </Link>
        </p>
      </section>
      <div className="page with-rail wrap">
        <section>
          <Tabs query={query} counts={counts} />
          <Filters query={query} />
          {list.initiatives.length === 0 ? (
            <p className="empty">{words(`none.${query.stage}`)}</p>
          ) : (
            <ol className="votes">
              {list.initiatives.map((initiative) => (
                <InitiativeRow key={initiative.id} initiative={initiative} now={props.now} />
              ))}
            </ol>
          )}
          {list.next !== null && (
            <p>
              <Link href={initiativesHref({ ...query, next: list.next })}>{words("more")}</Link>
            </p>
          )}
        </section>
        <InitiativesRail overdue={props.overdue} budget={props.budget} now={props.now} />
      </div>
    </>
  );
}

function Tabs({ query, counts }: Pick<PageProps, "query" | "counts">) {
  const words = useTranslations("initiatives");
  const known = Object.values(STAGE_OF).flat();
  const count = (stage: string) =>
    Object.entries(counts)
      .filter(([state]) => STAGE_OF[stage]?.includes(state) ?? !known.includes(state))
      .reduce((sum, [, number]) => sum + number, 0);
  return (
    <nav className="tabs" aria-label={words("stages")}>
      {STAGES.map((stage) => (
        <Link
          key={stage}
          href={initiativesHref({ stage, order: query.order })}
          aria-current={stage === query.stage ? "page" : undefined}
        >
          {words(`stage.${stage}`)} <b>{count(stage)}</b>
        </Link>
      ))}
    </nav>
  );
}

function Filters({ query }: Pick<PageProps, "query">) {
  const words = useTranslations("initiatives");
  const { next: _, category, ...rest } = query;
  const place = category === undefined ? rest : { ...rest, category };
  return (
    <nav className="filters" aria-label={words("filters")}>
      {ORDERS.map((order) => (
        <Link
          key={order}
          href={initiativesHref({ ...place, order })}
          aria-current={order === query.order ? "true" : undefined}
        >
          {words(`order.${order}`)}
        </Link>
      ))}
      <span aria-hidden="true">·</span>
      <Link href={initiativesHref(rest)} aria-current={category === undefined ? "true" : undefined}>
        {words("allCategories")}
      </Link>
      {CATEGORIES.map((one) => (
        <Link
          key={one}
          href={initiativesHref({ ...rest, category: one })}
          aria-current={one === category ? "true" : undefined}
        >
          {words(`category.${one}`)}
        </Link>
      ))}
    </nav>
  );
}
