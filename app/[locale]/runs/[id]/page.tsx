import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RunPage } from "#components/runs/run-page.tsx";
import { parseView } from "#components/runs/view.ts";
import { dehydrated } from "../../../dehydrated.ts";
import { existingRun } from "../../../existing-run.ts";
import type { PageInput } from "../../../page-input.ts";
import { pageLocale } from "../../../page-locale.ts";
import { pageMetadata } from "../../../page-metadata.ts";
import { prefetchDetails, prefetchRun, readRun } from "../../../prefetch.ts";
import { toSearchParams } from "../../../search-params.ts";

type RunProps = PageInput<{ locale: string; id: string }>;

export async function generateMetadata({ params }: RunProps): Promise<Metadata> {
  const locale = await pageLocale(params);
  const { id } = await params;
  const run = await readRun(id).catch(() => null);
  const words = await getTranslations("run");
  const title = run?.name ?? words("notFound");
  return await pageMetadata({
    locale,
    path: `/runs/${id}`,
    title,
    ...(run === null ? {} : { runId: id }),
  });
}

export default async function Run({ params, searchParams }: RunProps) {
  await pageLocale(params);
  const { id } = await params;
  await existingRun(id);
  await prefetchRun(id, parseView(toSearchParams(await searchParams)));
  await prefetchDetails(id);
  return (
    <HydrationBoundary state={dehydrated()}>
      <RunPage id={id} />
    </HydrationBoundary>
  );
}
