import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { CATEGORIES, type Category, type ThreadList as List } from "#server/forum/contract.ts";
import { ContinueReading } from "./continue-reading.tsx";
import { FollowButton } from "./follow-button.tsx";
import { type ForumQuery, listHref } from "./forum-query.ts";
import { ThreadList } from "./thread-list.tsx";

type ForumPageProps = { query: ForumQuery; list: List };

/** The list of threads, whole or narrowed by category, tag and open questions. */
export function ForumPage({ query, list }: ForumPageProps) {
  const words = useTranslations("forum");
  const { category, tag } = query;
  const empty = list.pinned.length + list.threads.length === 0;
  return (
    <>
      <section className="title wrap">
        <h1>{category === undefined ? words("title") : words(`category.${category}`)}</h1>
        <p className="lede">
          {category === undefined ? words("lede") : words(`categorySay.${category}`)}
        </p>
      </section>
      <div className="page reading wrap forum-page">
        <section aria-label={words("threads")}>
          <Categories now={category} query={query} />
          <Filters query={query} />
          {empty ? (
            <p className="empty">
              <span>{words("none")}</span>
            </p>
          ) : (
            <>
              {list.pinned.length > 0 && <ThreadList threads={list.pinned} />}
              <ThreadList threads={list.threads} />
            </>
          )}
          <Pages query={query} list={list} />
        </section>
        <aside className="rail">
          <section>
            <h2>{words("write")}</h2>
            <p className="actions">
              <Link
                className="btn main"
                href={{ pathname: "/forum/new", query: category === undefined ? {} : { category } }}
              >
                {words("newThread")}
              </Link>
            </p>
            <p className="quiet">
              <Link href="/search">{words("searchFirst")}</Link>
            </p>
          </section>
          <ContinueReading />
          <Following category={category} tag={tag} />
        </aside>
      </div>
    </>
  );
}

function Categories({ now, query }: { now: Category | undefined; query: ForumQuery }) {
  const words = useTranslations("forum");
  const { category: _, ...rest } = query;
  return (
    <nav className="tabs" aria-label={words("categories")}>
      <Link href={listHref(rest)} aria-current={now === undefined ? "page" : undefined}>
        {words("all")}
      </Link>
      {CATEGORIES.map((category) => (
        <Link
          key={category}
          href={listHref({ ...rest, category })}
          aria-current={now === category ? "page" : undefined}
        >
          {words(`category.${category}`)}
        </Link>
      ))}
    </nav>
  );
}

function Filters({ query }: { query: ForumQuery }) {
  const words = useTranslations("forum");
  const { unanswered, sort, tag } = query;
  const here = (on: boolean) => (on ? ("true" as const) : undefined);
  return (
    <p className="actions filters">
      <Link href={listHref({ ...query, sort: "active" })} aria-current={here(sort === "active")}>
        {words("active")}
      </Link>
      <Link href={listHref({ ...query, sort: "newest" })} aria-current={here(sort === "newest")}>
        {words("newest")}
      </Link>
      <Link href={listHref({ ...query, unanswered: !unanswered })} aria-current={here(unanswered)}>
        {words("unanswered")}
      </Link>
      {tag !== undefined && (
        <Link href={listHref({ ...query, tag: undefined })} aria-current="true">
          {words("withoutTag", { tag })}
        </Link>
      )}
      <a href={listHref(query, "/feed")} className="feed">
        {words("feed")}
      </a>
    </p>
  );
}

function Pages({ query, list: { next } }: ForumPageProps) {
  const words = useTranslations("forum");
  const first = query.next === undefined;
  return (
    <p className="actions pages">
      {!first && <Link href={listHref({ ...query, next: undefined })}>{words("toNewest")}</Link>}
      {next !== null && <Link href={listHref({ ...query, next })}>{words("older")}</Link>}
    </p>
  );
}

function Following({ category, tag }: Pick<ForumQuery, "category" | "tag">) {
  const words = useTranslations("forum");
  if (tag === undefined && category === undefined) {
    return null;
  }
  return (
    <section>
      <h2>{words("follow")}</h2>
      {tag === undefined ? (
        <FollowButton of={{ kind: "category", target: category ?? "tools" }} />
      ) : (
        <FollowButton of={{ kind: "tag", target: tag }} />
      )}
    </section>
  );
}
