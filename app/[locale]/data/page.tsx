import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CorpusReport } from "#components/data/corpus-report.tsx";
import { NoReport } from "#components/data/no-report.tsx";
import { AskSources } from "#server/data/contract.ts";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { pageMetadata } from "../../page-metadata.ts";
import { requestQueryClient, rpc } from "../../rpc.ts";
import { toSearchParams } from "../../search-params.ts";

type DataProps = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: DataProps): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("data");
  return await pageMetadata({ locale, path: "/data", title: words("title") });
}

export default async function Data({ params, searchParams }: DataProps) {
  await pageLocale(params);
  const words = await getTranslations("data");
  const asked = Object.fromEntries(toSearchParams(await searchParams));
  // A made-up address shows the newest report instead of an error.
  const query: AskSources = AskSources.safeParse(asked).data ?? {};
  const client = requestQueryClient();
  const { report, recipes } = await client.fetchQuery(rpc.data.sources.queryOptions(query));
  const growth = await client.fetchQuery(
    rpc.data.growth.queryOptions(report === null ? {} : { recipe: report.recipe }),
  );
  return (
    <>
      <section className="title wrap">
        <h1>{words("title")}</h1>
        <p className="lede">{words("lede")}</p>
      </section>
      {report === null ? (
        <NoReport recipe={query.recipe ?? null} recipes={recipes} />
      ) : (
        <CorpusReport report={report} recipes={recipes} growth={growth} />
      )}
    </>
  );
}
