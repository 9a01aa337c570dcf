import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { EmbedRun } from "#components/runs/embed-run.tsx";
import { parseView } from "#components/runs/view.ts";
import { dehydrated } from "../../../../dehydrated.ts";
import { existingRun } from "../../../../existing-run.ts";
import type { PageInput } from "../../../../page-input.ts";
import { pageLocale } from "../../../../page-locale.ts";
import { prefetchRun } from "../../../../prefetch.ts";
import { toSearchParams } from "../../../../search-params.ts";

type EmbedProps = PageInput<{ locale: string; id: string }>;

export const metadata: Metadata = { robots: { index: false } };

/** A run's live curve alone, for frames on other pages; the address is that of the view on the run's page. */
export default async function Embed({ params, searchParams }: EmbedProps) {
  await pageLocale(params);
  const { id } = await params;
  await existingRun(id);
  await prefetchRun(id, parseView(toSearchParams(await searchParams)));
  return (
    <HydrationBoundary state={dehydrated(["read", "series", "events"])}>
      <EmbedRun id={id} />
    </HydrationBoundary>
  );
}
