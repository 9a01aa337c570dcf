import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RunsTable } from "#components/runs/runs-table.tsx";
import { dehydrated } from "../../dehydrated.ts";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { pageMetadata } from "../../page-metadata.ts";
import { drawSparks } from "../../sparks.tsx";

type RunsProps = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: RunsProps): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("runs");
  return await pageMetadata({ locale, path: "/runs", title: words("title") });
}

export default async function Runs({ params }: RunsProps) {
  await pageLocale(params);
  const words = await getTranslations("runs");
  const [current, archived] = await Promise.all([
    drawSparks({ archived: false }),
    drawSparks({ archived: true }),
  ]);
  return (
    <HydrationBoundary state={dehydrated()}>
      <section className="title wrap">
        <h1>{words("title")}</h1>
        <p className="lede">{words("lede")}</p>
      </section>
      <section className="sec wrap">
        <h2>{words("current")}</h2>
        <div>
          <RunsTable sparks={current} archived={false} />
        </div>
      </section>
      <section className="sec wrap">
        <h2>{words("archived")}</h2>
        <div>
          <RunsTable sparks={archived} archived />
        </div>
      </section>
    </HydrationBoundary>
  );
}
