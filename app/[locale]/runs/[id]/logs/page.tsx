import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LogArchive } from "#components/daily-log/log-archive.tsx";
import { Day } from "#server/daily-log/contract.ts";
import { existingRun } from "../../../../existing-run.ts";
import type { PageInput } from "../../../../page-input.ts";
import { pageLocale } from "../../../../page-locale.ts";
import { pageMetadata } from "../../../../page-metadata.ts";
import { readRun } from "../../../../prefetch.ts";
import { requestQueryClient, rpc } from "../../../../rpc.ts";
import { toSearchParams } from "../../../../search-params.ts";

type LogsProps = PageInput<{ locale: string; id: string }>;

export async function generateMetadata({ params }: LogsProps): Promise<Metadata> {
  const locale = await pageLocale(params);
  const { id } = await params;
  const run = await readRun(id).catch(() => null);
  const words = await getTranslations("dailyLog");
  const title = words("pageTitle", { run: run?.name ?? "" });
  const meta = await pageMetadata({ locale, path: `/runs/${id}/logs`, title, runId: id });
  const feed = `/api/v1/runs/${id}/daily-logs`;
  const types = {
    "application/rss+xml": `${feed}.rss?lang=${locale}`,
    "application/feed+json": `${feed}.json?lang=${locale}`,
  };
  return { ...meta, alternates: { ...meta.alternates, types } };
}

export default async function Logs({ params, searchParams }: LogsProps) {
  await pageLocale(params);
  const { id } = await params;
  const run = await existingRun(id);
  const asked = toSearchParams(await searchParams);
  // A made-up place shows the newest days instead of an error.
  const next = Day.safeParse(asked.get("next")).data;
  const client = requestQueryClient();
  const [list, calendar] = await Promise.all([
    client.fetchQuery(rpc.dailyLog.list.queryOptions({ runId: id, next })),
    client.fetchQuery(rpc.dailyLog.calendar.queryOptions({ runId: id })),
  ]);
  return <LogArchive run={run} list={list} calendar={calendar} newest={next === undefined} />;
}
