import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isPlanPage, type PlanPage } from "#components/plan/plan-pages.ts";
import type { PageInput } from "../../../page-input.ts";
import { pageLocale } from "../../../page-locale.ts";
import { planMetadata } from "../plan-metadata.ts";
import { PlanScreen } from "../plan-screen.tsx";

type PlanProps = PageInput<{ locale: string; page: string }>;

/** The overview has one address, /plan; anything unknown is no page. */
async function askedPage(params: PlanProps["params"]): Promise<PlanPage> {
  const { page } = await params;
  if (!isPlanPage(page) || page === "overview") {
    notFound();
  }
  return page;
}

export async function generateMetadata({ params }: PlanProps): Promise<Metadata> {
  return await planMetadata(await askedPage(params), await pageLocale(params));
}

export default async function PlanChapter({ params }: PlanProps) {
  return <PlanScreen page={await askedPage(params)} locale={await pageLocale(params)} />;
}
