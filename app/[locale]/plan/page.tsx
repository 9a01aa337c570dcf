import type { Metadata } from "next";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { planMetadata } from "./plan-metadata.ts";
import { PlanScreen } from "./plan-screen.tsx";

type PlanProps = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: PlanProps): Promise<Metadata> {
  return await planMetadata("overview", await pageLocale(params));
}

export default async function Plan({ params }: PlanProps) {
  return <PlanScreen page="overview" locale={await pageLocale(params)} />;
}
