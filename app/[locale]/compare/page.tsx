import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { parseComparison } from "#components/runs/compare-address.ts";
import { ComparePage } from "#components/runs/compare-page.tsx";
import { dehydrated } from "../../dehydrated.ts";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { pageMetadata } from "../../page-metadata.ts";
import { prefetchComparison } from "../../prefetch.ts";
import { toSearchParams } from "../../search-params.ts";

type CompareProps = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: CompareProps): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("compare");
  return await pageMetadata({ locale, path: "/compare", title: words("heading") });
}

export default async function Compare({ params, searchParams }: CompareProps) {
  await pageLocale(params);
  const words = await getTranslations("compare");
  await prefetchComparison(parseComparison(toSearchParams(await searchParams)));
  return (
    <HydrationBoundary state={dehydrated()}>
      <section className="title wrap">
        <h1>{words("heading")}</h1>
        <p className="lede">{words("lede")}</p>
      </section>
      <ComparePage />
    </HydrationBoundary>
  );
}
