"use client";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import type { ChartEvent } from "#components/charts/events.ts";
import { useTRPC } from "#components/rpc/trpc.ts";

/** A run's trials as brackets on its curve, each leading to its initiative. */
export function useTrialMarks(runId: string): ChartEvent[] {
  const words = useTranslations("trials");
  const locale = useLocale();
  const { data } = useQuery(useTRPC().initiatives.ofRun.queryOptions({ runId }));
  return useMemo(
    () =>
      (data?.trials ?? []).flatMap(
        ({ id, initiativeId, title, state, window, fromStep, fromTime, endStep }) =>
          fromStep === null || fromTime === null
            ? []
            : [
                {
                  ...{ id, kind: "initiative" as const, step: fromStep, time: fromTime },
                  label: words("mark", { id: initiativeId, title, state: words(`is.${state}`) }),
                  name: words("bracket", { id: initiativeId, state: words(`is.${state}`) }),
                  href: `/${locale}/initiatives/${initiativeId}`,
                  toStep: state === "rolled-back" && endStep !== null ? endStep : fromStep + window,
                  undone: state === "rolled-back",
                },
              ],
      ),
    [data, words, locale],
  );
}
