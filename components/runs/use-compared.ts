"use client";
import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { type ChartSeries, parseSeries } from "#components/charts/series.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { wireWindow } from "./curve-window.ts";
import { moveWindow, moveX, originOf, wireAxis } from "./relative-axis.ts";
import type { View } from "./view.ts";

/** Twenty lines on one picture need no more than this each. */
const COMPARE_BUCKETS = 300;

export type Compared = { run: RunDetail; line: ChartSeries | null };

/** The runs of a comparison with their lines on one axis, in the asked order; what is not there yet is absent. */
export function useCompared(ids: readonly string[], view: View) {
  const trpc = useTRPC();
  const runs = useQueries({
    queries: ids.map((id) => trpc.runs.read.queryOptions({ id }, { retry: false })),
    combine: knownRuns,
  });
  const { known } = runs;
  const key = view.keys[0] ?? "loss";
  const answers = useQueries({
    queries: known.map((run) => ({
      ...trpc.runs.series.queryOptions({
        runId: run.id,
        keys: [key],
        x: wireAxis(view.x),
        buckets: COMPARE_BUCKETS,
        ...(view.window === null ? {} : moveWindow(wireWindow(view.window), originOf(run, view.x))),
      }),
      structuralSharing: false as const,
      placeholderData: keepPreviousData,
      retry: false,
    })),
    combine: (results) => ({
      data: results.map(({ data }) => data),
      loading: results.some(({ isPending, isPlaceholderData }) => isPending || isPlaceholderData),
    }),
  });
  const compared = useMemo(
    () =>
      known.map((run, index): Compared => {
        const wire = answers.data[index]?.series[key];
        return {
          run,
          line:
            wire === undefined
              ? null
              : {
                  id: run.id,
                  key,
                  label: run.name,
                  role: index === 0 ? "main" : "other",
                  attempt: wire.attempt,
                  data: moveX(parseSeries(wire), -originOf(run, view.x)),
                },
        };
      }),
    [known, answers, key, view.x],
  );
  return { compared, loading: answers.loading || runs.loading };
}

type ReadResult = { data: RunDetail | undefined; isPending: boolean };

/** Outside the hook, so that the same answers give the same list and nothing is drawn anew. */
const knownRuns = (results: readonly ReadResult[]) => ({
  known: results.flatMap(({ data }) => (data === undefined ? [] : [data])),
  loading: results.some(({ isPending }) => isPending),
});
