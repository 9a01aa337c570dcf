import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChainVerifier } from "#components/decisions/chain-verifier.tsx";
import { DecisionTable } from "#components/decisions/decision-table.tsx";
import { Link } from "#components/layout/navigation.ts";
import { DecisionQuery } from "#server/decisions/contract.ts";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { pageMetadata } from "../../page-metadata.ts";
import { requestQueryClient, rpc } from "../../rpc.ts";
import { toSearchParams } from "../../search-params.ts";

type DecisionsProps = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: DecisionsProps): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("decisions");
  const title = words("title");
  const meta = await pageMetadata({ locale, path: "/decisions", title });
  const types = { "application/rss+xml": [{ url: `/${locale}/decisions/feed`, title }] };
  return { ...meta, alternates: { ...meta.alternates, types } };
}

export default async function Decisions({ params, searchParams }: DecisionsProps) {
  const locale = await pageLocale(params);
  const words = await getTranslations("decisions");
  const asked = Object.fromEntries(toSearchParams(await searchParams));
  // A made-up address shows the whole list instead of an error.
  const query: DecisionQuery = DecisionQuery.safeParse(asked).data ?? {};
  const { decisions, more } = await requestQueryClient().fetchQuery(
    rpc.decisions.list.queryOptions(query),
  );
  const { kind, actorId, subjectId } = query;
  const filter = [kind, actorId, subjectId].filter((value) => value !== undefined).join(" · ");
  const last = decisions.at(-1)?.number;
  return (
    <>
      <section className="title wrap">
        <h1>{words("title")}</h1>
        <p className="lede">{words("lede")}</p>
      </section>
      <section className="sec wrap">
        <h2>{filter === "" ? words("all") : filter}</h2>
        <div>
          {filter !== "" && (
            <p>
              <Link href="/decisions">{words("showAll")}</Link>
            </p>
          )}
          {decisions.length === 0 ? (
            <p className="empty">{words("none")}</p>
          ) : (
            <DecisionTable decisions={decisions} />
          )}
          {more && last !== undefined && (
            <p>
              <Link href={{ pathname: "/decisions", query: { ...asked, before: last } }}>
                {words("older")}
              </Link>
            </p>
          )}
          <p className="quiet">
            <a href="/api/v1/decisions?after=0">{words("json")}</a>{" "}
            <a href={feedOf(locale, query)}>{words("feed")}</a>
          </p>
        </div>
      </section>
      <section className="sec wrap">
        <h2>{words("verifyTitle")}</h2>
        <ChainVerifier />
      </section>
    </>
  );
}

/** The feed that is narrowed as the page is. */
function feedOf(locale: string, { kind, actorId, subjectId }: DecisionQuery): string {
  const narrowed = Object.entries({ kind, actorId, subjectId });
  const given = narrowed.flatMap(([name, value]) => (value ? [[name, value]] : []));
  return `/${locale}/decisions/feed?${new URLSearchParams(given)}`;
}
