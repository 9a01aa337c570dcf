import { TRPCError } from "@trpc/server";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { DayPage } from "#components/daily-log/day-page.tsx";
import { type DailyLog, Day } from "#server/daily-log/contract.ts";
import { existingRun } from "../../../../../existing-run.ts";
import type { PageInput } from "../../../../../page-input.ts";
import { pageLocale } from "../../../../../page-locale.ts";
import { pageMetadata } from "../../../../../page-metadata.ts";
import { readRun } from "../../../../../prefetch.ts";
import { requestQueryClient, rpc } from "../../../../../rpc.ts";
import { previewMarkdown } from "../preview-markdown.tsx";

type DayProps = PageInput<{ locale: string; id: string; day: string }>;

export async function generateMetadata({ params }: DayProps): Promise<Metadata> {
  const locale = await pageLocale(params);
  const { id, day } = await params;
  const run = await readRun(id).catch(() => null);
  const words = await getTranslations("dailyLog");
  const title = words("dayTitle", { run: run?.name ?? "", day });
  return await pageMetadata({ locale, path: `/runs/${id}/logs/${day}`, title, runId: id });
}

export default async function LogOfDay({ params }: DayProps) {
  await pageLocale(params);
  const { id, day } = await params;
  const run = await existingRun(id);
  return <DayPage run={run} log={await existingLog(id, day)} preview={previewMarkdown} />;
}

/** A day without a log is a page that does not exist. */
async function existingLog(runId: string, day: string): Promise<DailyLog> {
  if (!Day.safeParse(day).success) {
    notFound();
  }
  try {
    return await requestQueryClient().fetchQuery(rpc.dailyLog.read.queryOptions({ runId, day }));
  } catch (error) {
    if (error instanceof TRPCError && error.code === "NOT_FOUND") {
      notFound();
    }
    throw error;
  }
}
