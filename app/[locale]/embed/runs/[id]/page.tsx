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

/**
 * A run's live curve alone, for frames on other pages; the address is that of the view on the run's page, with `theme`
 * (`light` or `dark`) where the page around it does not follow the reader's system.
 */
export default async function Embed({ params, searchParams }: EmbedProps) {
  await pageLocale(params);
  const { id } = await params;
  await existingRun(id);
  const asked = toSearchParams(await searchParams);
  await prefetchRun(id, parseView(asked));
  return (
    <HydrationBoundary state={dehydrated(["read", "series", "events"])}>
      <div data-embed-theme={asked.get("theme") ?? "system"}>
        <EmbedRun id={id} />
      </div>
    </HydrationBoundary>
  );
}
