import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ShowcaseDetail } from "#components/showcase/showcase-detail.tsx";
import { dehydrated } from "../../../dehydrated.ts";
import { requestOrigin } from "../../../origin.ts";
import type { PageInput } from "../../../page-input.ts";
import { pageLocale } from "../../../page-locale.ts";
import { pageMetadata } from "../../../page-metadata.ts";
import { showcaseOf } from "../../../showcase-of.ts";
import { threadOf } from "../../../thread-of.ts";
import "#components/initiatives/initiatives.css";

type Props = PageInput<{ locale: string; id: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const app = await showcaseOf((await params).id);
  const meta = await pageMetadata({ locale, path: `/showcase/${app.id}`, title: app.title });
  return { ...meta, description: app.summary };
}

export default async function Application({ params, searchParams }: Props) {
  await pageLocale(params);
  const app = await showcaseOf((await params).id);
  const from = (await searchParams)["from"];
  const found = app.threadId === null ? null : await threadOf(String(app.threadId), from);
  const { host } = new URL(await requestOrigin());
  return (
    <HydrationBoundary state={dehydrated()}>
      <ShowcaseDetail app={app} thread={found?.thread ?? null} host={host} />
    </HydrationBoundary>
  );
}
