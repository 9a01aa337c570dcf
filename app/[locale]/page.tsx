import { HydrationBoundary } from "@tanstack/react-query";
import { getTranslations } from "next-intl/server";
import { Link } from "#components/layout/navigation.ts";
import { HomeLive } from "#components/runs/home-live.tsx";
import { NewestCheckpoint } from "#components/runs/newest-checkpoint.tsx";
import { RecentEvents } from "#components/runs/recent-events.tsx";
import { RunsTable } from "#components/runs/runs-table.tsx";
import { LatestSamples } from "#components/runs/samples.tsx";
import { StartHint } from "#components/runs/start-hint.tsx";
import { DEFAULT_VIEW, parseView } from "#components/runs/view.ts";
import { dehydrated } from "../dehydrated.ts";
import type { PageInput } from "../page-input.ts";
import { pageLocale } from "../page-locale.ts";
import { prefetchOnAir, prefetchRun } from "../prefetch.ts";
import { toSearchParams } from "../search-params.ts";
import { drawSparks } from "../sparks.tsx";

type HomeProps = PageInput<{ locale: string }>;

export default async function Home({ params, searchParams }: HomeProps) {
  await pageLocale(params);
  const words = await getTranslations("home");
  const onAir = await prefetchOnAir();
  const view = parseView(toSearchParams(await searchParams));
  if (onAir !== null) {
    await prefetchRun(onAir.id, { ...DEFAULT_VIEW, span: view.span, window: view.window });
  }
  const sparks = await drawSparks({ archived: true });
  return (
    <HydrationBoundary state={dehydrated()}>
      {onAir === null ? (
        <section className="title wrap">
          <h1>{words.rich("headline", { br: () => <br /> })}</h1>
          <p className="lede">{words("sayEmpty")}</p>
          <div className="mt-6">
            <StartHint />
          </div>
        </section>
      ) : (
        <>
          <HomeLive id={onAir.id} />
          <div className="duo wrap">
            <div>
              <RecentEvents id={onAir.id} />
            </div>
            <NewestCheckpoint id={onAir.id} />
          </div>
        </>
      )}
      <div className="duo wrap">
        <section>
          <div className="head">
            <h2>{words("archive")}</h2>
            <Link href="/runs">{words("allRuns")}</Link>
          </div>
          <p className="quiet mb-3">{words("archiveNote")}</p>
          <RunsTable sparks={sparks} archived />
        </section>
        {onAir !== null && <LatestSamples id={onAir.id} />}
      </div>
    </HydrationBoundary>
  );
}
