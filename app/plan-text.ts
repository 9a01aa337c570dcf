import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locale } from "#components/layout/locales.ts";
import type { PlanPage } from "#components/plan/plan-pages.ts";
import { type PlanText, readPlanText } from "#components/plan/read-plan-text.ts";

/** The texts lie beside the messages and are read when asked for: the portal runs in its own folder. */
export async function planText(page: PlanPage, locale: Locale): Promise<PlanText> {
  const file = join(process.cwd(), "messages", "plan", `${page}.${locale}.md`);
  const markdown = await readFile(file, "utf8");
  // Links within the site keep the reader's language.
  return readPlanText(markdown.replaceAll("](/", `](/${locale}/`));
}
