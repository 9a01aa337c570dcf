import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { type Category, isCategory } from "#server/forum/contract.ts";
import { ForumList, forumMetadata } from "../../../forum-list.tsx";
import type { PageInput } from "../../../page-input.ts";
import { pageLocale } from "../../../page-locale.ts";

type Params = { locale: string; category: string };
type Props = PageInput<Params>;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const category = await known(params);
  return await forumMetadata({ locale: await pageLocale(params), category, searchParams });
}

export default async function ForumCategory({ params, searchParams }: Props) {
  const locale = await pageLocale(params);
  return <ForumList locale={locale} category={await known(params)} searchParams={searchParams} />;
}

async function known(params: Promise<Params>): Promise<Category> {
  const { category } = await params;
  if (!isCategory(category)) {
    notFound();
  }
  return category;
}
