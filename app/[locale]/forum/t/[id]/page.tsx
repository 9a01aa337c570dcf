import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { threadData } from "#components/forum/thread-data.ts";
import { ThreadPage } from "#components/forum/thread-page.tsx";
import { redirect } from "#components/layout/navigation.ts";
import { dehydrated } from "../../../../dehydrated.ts";
import { requestOrigin } from "../../../../origin.ts";
import type { PageInput } from "../../../../page-input.ts";
import { pageLocale } from "../../../../page-locale.ts";
import { pageMetadata } from "../../../../page-metadata.ts";
import { threadOf } from "../../../../thread-of.ts";

type Props = PageInput<{ locale: string; id: string }>;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const { thread, from } = await threadOf((await params).id, (await searchParams)["from"]);
  const path = `/forum/t/${thread.id}${from === 1 ? "" : `?from=${from}`}`;
  const meta = await pageMetadata({ locale, path, title: thread.title });
  const feed = { url: `/${locale}/forum/t/${thread.id}/feed`, title: thread.title };
  return {
    ...meta,
    description: thread.posts[0]?.body.replaceAll(/\s+/g, " ").slice(0, 200) ?? "",
    alternates: { ...meta.alternates, types: { "application/rss+xml": [feed] } },
  };
}

export default async function Thread({ params, searchParams }: Props) {
  const locale = await pageLocale(params);
  const { thread, from } = await threadOf((await params).id, (await searchParams)["from"]);
  if (thread.mergedInto !== null) {
    redirect({ href: `/forum/t/${thread.mergedInto}`, locale });
  }
  if (thread.subject?.kind === "initiative") {
    redirect({ href: `/initiatives/${thread.subject.id}?from=${from}`, locale });
  }
  if (thread.subject?.kind === "showcase") {
    redirect({ href: `/showcase/${thread.subject.id}`, locale });
  }
  const origin = await requestOrigin();
  return (
    <HydrationBoundary state={dehydrated()}>
      <script
        type="application/ld+json"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON whose every < is written as an escape.
        dangerouslySetInnerHTML={{ __html: threadData({ thread, origin, locale }) }}
      />
      <ThreadPage thread={thread} from={from} host={new URL(origin).host} />
    </HydrationBoundary>
  );
}
