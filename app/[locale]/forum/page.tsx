import type { Metadata } from "next";
import { ForumList, forumMetadata } from "../../forum-list.tsx";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  return await forumMetadata({ locale: await pageLocale(params), searchParams });
}

export default async function Forum({ params, searchParams }: Props) {
  return <ForumList locale={await pageLocale(params)} searchParams={searchParams} />;
}
