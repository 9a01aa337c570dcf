"use client";
import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { SeriesAnswer } from "#server/metrics/contract.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { curveQueries, spanStart } from "./curve-queries.ts";
import { wireWindow } from "./curve-window.ts";
import { originOf } from "./relative-axis.ts";
import type { View } from "./view.ts";

export type Curve = {
  /** One answer per attempt over the shown window; what is not there yet is absent. */
  answers: readonly (SeriesAnswer | undefined)[];
  /** The same over the whole run. */
  whole: readonly (SeriesAnswer | undefined)[];
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
  const wholeAnswers = useSteady(whole.answers.list);
  const start = spanStart(present(wholeAnswers), view, originOf(run, view.x));
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
  const zoomedAnswers = useSteady(zoomed.answers.list);
  const retry = useSteadyRetry([whole.retry, zoomed.retry]);
  const loading = whole.loading || (window !== null && zoomed.loading);
  const { failed } = whole;
  return useMemo(() => {
    const fine = window !== null && zoomedAnswers.some((answer) => answer !== undefined);
    return {
      answers: fine ? zoomedAnswers : wholeAnswers,
      whole: wholeAnswers,
      window,
      loading,
      failed: failed && present(wholeAnswers).length === 0,
      retry,
    };
  }, [wholeAnswers, zoomedAnswers, window, loading, failed, retry]);
}

/** The list as it was while its entries are the same. */
function useSteady<T>(list: readonly T[]): readonly T[] {
  const kept = useRef(list);
  const same =
    kept.current.length === list.length && list.every((one, at) => one === kept.current[at]);
  if (!same) {
    kept.current = list;
  }
  return kept.current;
}

/** One function for good that asks again whatever failed. */
function useSteadyRetry(all: readonly (() => void)[]): () => void {
  const newest = useRef(all);
  useEffect(() => {
    newest.current = all;
  });
  return useCallback(() => {
    for (const retry of newest.current) {
      retry();
    }
  }, []);
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

/** Holds answers so that the query library does not compare their long columns entry by entry. */
class Answers {
  readonly list: readonly (SeriesAnswer | undefined)[];
  constructor(list: readonly (SeriesAnswer | undefined)[]) {
    this.list = list;
  }
}

/** The first answer with these numbers: one that only knows of a newer message is no news to a drawing. */
const firstWith = new WeakMap<SeriesAnswer["series"], SeriesAnswer>();

function steady(answer: SeriesAnswer | undefined): SeriesAnswer | undefined {
  if (answer === undefined) {
    return undefined;
  }
  const known = firstWith.get(answer.series) ?? answer;
  firstWith.set(answer.series, known);
  return known;
}

function combineAnswers(results: readonly Result[]) {
  return {
    answers: new Answers(results.map(({ data }) => steady(data))),
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
