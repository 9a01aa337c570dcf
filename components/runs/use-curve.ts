"use client";
import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { SeriesAnswer } from "#server/metrics/contract.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { curveQueries, spanStart } from "./curve-queries.ts";
import { wireWindow } from "./curve-window.ts";
import { originOf } from "./relative-axis.ts";
import type { View } from "./view.ts";

export type Curve = {
  /** One answer per attempt over the shown window; what is not there yet is absent. */
  answers: (SeriesAnswer | undefined)[];
  /** The same over the whole run. */
  whole: (SeriesAnswer | undefined)[];
  /** The window that is shown; null shows all. Without `to` it follows the run. */
  window: { from: number; to: number | null } | null;
  loading: boolean;
  failed: boolean;
  retry: () => void;
};

const ZOOM_KEPT_MS = 60_000;

type CurveView = Pick<View, "x" | "keys" | "span" | "window">;

/** The numbers behind the curve: the whole run, and the window in finer resolution when there is one. */
export function useCurve(run: RunDetail, view: CurveView): Curve {
  const trpc = useTRPC();
  const whole = useQueries({
    queries: curveQueries(run, view).map((query) => ({
      ...trpc.runs.series.queryOptions(query),
      // Long columns of numbers are replaced, never compared entry by entry.
      structuralSharing: false as const,
    })),
    combine: combineAnswers,
  });
  const start = spanStart(present(whole.answers), view, originOf(run, view.x));
  const window = useMemo(
    () => view.window ?? (start === null ? null : { from: start, to: null }),
    [view.window, start],
  );
  const zoomQueries = window === null ? [] : curveQueries(run, view, wireWindow(window));
  const zoomed = useQueries({
    queries: zoomQueries.map((query) => ({
      ...trpc.runs.series.queryOptions(query),
      structuralSharing: false as const,
      gcTime: ZOOM_KEPT_MS,
      placeholderData: keepPreviousData,
    })),
    combine: combineAnswers,
  });
  return useMemo(() => {
    const fine = window !== null && zoomed.answers.some((answer) => answer !== undefined);
    return {
      answers: fine ? zoomed.answers : whole.answers,
      whole: whole.answers,
      window,
      loading: whole.loading || (window !== null && zoomed.loading),
      failed: whole.failed && present(whole.answers).length === 0,
      retry: () => {
        whole.retry();
        zoomed.retry();
      },
    };
  }, [whole, zoomed, window]);
}

const present = (answers: readonly (SeriesAnswer | undefined)[]): SeriesAnswer[] =>
  answers.filter((answer) => answer !== undefined);

type Result = {
  data: SeriesAnswer | undefined;
  isPending: boolean;
  isPlaceholderData: boolean;
  isError: boolean;
  refetch: () => unknown;
};

function combineAnswers(results: readonly Result[]) {
  return {
    answers: results.map(({ data }) => data),
    loading: results.some(({ isPending, isPlaceholderData }) => isPending || isPlaceholderData),
    failed: results.some(({ isError }) => isError),
    retry: () => {
      for (const result of results) {
        if (result.isError) {
          void result.refetch();
        }
      }
    },
  };
}
