import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import {
  type CollectionList,
  type ListShowcase,
  ORDERS,
  type ShowcaseList,
  STAGES,
} from "#server/showcase/contract.ts";
import { showcaseHref } from "./showcase-query.ts";
import { ShowcaseRow } from "./showcase-row.tsx";

type PageProps = {
  query: ListShowcase;
  list: ShowcaseList;
  collections: CollectionList["collections"];
  month: string;
};

/** What people make with the models. */
export function ShowcasePage({ query, list, collections, month }: PageProps) {
  const words = useTranslations("showcase");
  return (
    <>
      <section className="title wrap split">
        <div>
          <h1>{words("title")}</h1>
          <p className="lede">{words("lede")}</p>
        </div>
        <p className="actions">
          <Link className="btn main" href="/showcase/new">
            {words("submit")}
          </Link>
        </p>
      </section>
      <div className="page with-rail wrap">
        <section>
          <Filters query={query} />
          {list.byLot && <p className="quiet">{words("byLot")}</p>}
          {list.items.length === 0 ? (
            <p className="empty">
              <span>{words("none")}</span>
            </p>
          ) : (
            <ol className="votes">
              {list.items.map((item, index) => (
                <ShowcaseRow key={item.id} item={item} eager={index < 2} />
              ))}
            </ol>
          )}
          <p className="actions pages">
            {query.page > 1 && (
              <Link href={showcaseHref({ ...query, page: query.page - 1 })}>{words("before")}</Link>
            )}
            {list.more && (
              <Link href={showcaseHref({ ...query, page: query.page + 1 })}>{words("more")}</Link>
            )}
          </p>
        </section>
        <aside className="rail">
          <section>
            <h2>{words("collections")}</h2>
            <p className="quiet">{words("collectionsAbout")}</p>
            <ul>
              <li>
                <Link href={`/showcase/collections/${month}`}>{words("running", { month })}</Link>
              </li>
              {collections
                .filter((one) => one.month !== month)
                .map((one) => (
                  <li key={one.month}>
                    <Link href={`/showcase/collections/${one.month}`}>
                      {words("ofMonth", { month: one.month, count: one.picks })}
                    </Link>
                  </li>
                ))}
            </ul>
          </section>
          <section>
            <h2>{words("follow")}</h2>
            <p>
              <a href="/showcase/feed">RSS</a>
            </p>
          </section>
        </aside>
      </div>
    </>
  );
}

function Filters({ query }: Pick<PageProps, "query">) {
  const words = useTranslations("showcase");
  const { stage, order, tag } = query;
  return (
    <nav className="filters" aria-label={words("filters")}>
      {ORDERS.map((one) => (
        <Link
          key={one}
          href={showcaseHref({ stage, tag, order: one })}
          aria-current={one === order ? "true" : undefined}
        >
          {words(`order.${one}`)}
        </Link>
      ))}
      <span aria-hidden="true">·</span>
      <Link
        href={showcaseHref({ order, tag })}
        aria-current={stage === undefined ? "true" : undefined}
      >
        {words("allStages")}
      </Link>
      {STAGES.map((one) => (
        <Link
          key={one}
          href={showcaseHref({ order, tag, stage: one })}
          aria-current={one === stage ? "true" : undefined}
        >
          {words(`stage.${one}`)}
        </Link>
      ))}
      {tag !== undefined && (
        <Link href={showcaseHref({ order, stage })}>{words("withoutTag", { tag })}</Link>
      )}
    </nav>
  );
}
