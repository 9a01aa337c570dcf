import type { Metadata } from "next";
import type { Locale } from "#components/layout/locales.ts";
import { type PlanPage, planPath } from "#components/plan/plan-pages.ts";
import { pageMetadata } from "../../page-metadata.ts";
import { planText } from "../../plan-text.ts";

export async function planMetadata(page: PlanPage, locale: Locale): Promise<Metadata> {
  const { title, lede } = await planText(page, locale);
  const meta = await pageMetadata({ locale, path: planPath(page), title });
  return { ...meta, description: lede };
}
