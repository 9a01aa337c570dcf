import { HydrationBoundary } from "@tanstack/react-query";
import { getTranslations } from "next-intl/server";
import { Discussed } from "#components/home/discussed.tsx";
import { MadeWith } from "#components/home/made-with.tsx";
import { NewestLog } from "#components/home/newest-log.tsx";
import { NewestRelease } from "#components/home/newest-release.tsx";
import { ThreeSteps } from "#components/home/three-steps.tsx";
import { Wanted } from "#components/home/wanted.tsx";
import { Link } from "#components/layout/navigation.ts";
import { HomeLive } from "#components/runs/home-live.tsx";
import { NewestCheckpoint } from "#components/runs/newest-checkpoint.tsx";
import { RecentEvents } from "#components/runs/recent-events.tsx";
import { RunsTable } from "#components/runs/runs-table.tsx";
import { LatestSamples } from "#components/runs/samples.tsx";
import { StartHint } from "#components/runs/start-hint.tsx";
import { DEFAULT_VIEW, parseView } from "#components/runs/view.ts";
import { dehydrated } from "../dehydrated.ts";
import { homeData } from "../home-data.ts";
import type { PageInput } from "../page-input.ts";
import { pageLocale } from "../page-locale.ts";
import { prefetchOnAir, prefetchRun } from "../prefetch.ts";
import { toSearchParams } from "../search-params.ts";
import { drawSparks } from "../sparks.tsx";
import "#components/initiatives/initiatives.css";

type HomeProps = PageInput<{ locale: string }>;

export default async function Home({ params, searchParams }: HomeProps) {
  await pageLocale(params);
  const words = await getTranslations("home");
  const onAir = await prefetchOnAir();
  const view = parseView(toSearchParams(await searchParams));
  if (onAir !== null) {
    await prefetchRun(onAir.id, { ...DEFAULT_VIEW, span: view.span, window: view.window });
  }
  const [data, sparks] = await Promise.all([
    homeData(onAir?.id ?? null),
    drawSparks({ archived: true }),
  ]);
  const now = Date.now();
  return (
    <HydrationBoundary state={dehydrated()}>
      {onAir === null ? <NoRun /> : <HomeLive id={onAir.id} />}
      <div className="duo wrap">
        <Wanted wanted={data.wanted} shipped={data.shipped} open={data.initiatives} now={now} />
        <div>
          {data.newest !== null && <NewestRelease {...data.newest} />}
          {data.newest === null && onAir !== null && <NewestCheckpoint id={onAir.id} />}
          {onAir !== null && <RecentEvents id={onAir.id} />}
        </div>
      </div>
      <div className="duo wrap">
        <div>
          <NewestLog log={data.log} archive={onAir === null ? "/runs" : `/runs/${onAir.id}/logs`} />
          {onAir !== null && <LatestSamples id={onAir.id} />}
        </div>
        <div>
          <Discussed threads={data.threads} now={now} />
          <MadeWith items={data.featured} />
        </div>
      </div>
      <ThreeSteps />
      <section className="sec wrap">
        <h2>{words("archive")}</h2>
        <div>
          <p className="quiet mb-3">
            {words("archiveNote")} <Link href="/runs">{words("allRuns")}</Link>
          </p>
          <RunsTable sparks={sparks} archived />
        </div>
      </section>
    </HydrationBoundary>
  );
}

async function NoRun() {
  const words = await getTranslations("home");
  return (
    <section className="title wrap">
      <h1>{words.rich("headline", { br: () => <br /> })}</h1>
      <p className="lede">{words("sayEmpty")}</p>
      <div className="mt-6">
        <StartHint />
      </div>
    </section>
  );
}
