"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type ChartSeries, parseSeries } from "#components/charts/series.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { useSignals } from "#components/rpc/use-signals.ts";
import type { ComparedSeries, ComparedTable } from "#server/compare/contract.ts";
import { compareSeriesQuery, compareTableQuery } from "./compare-queries.ts";
import type { View } from "./view.ts";

/** A message of one of twenty runs moves a line by less than a pixel: they are gathered. */
const LINES_EVERY_MS = 2_000;
const TABLE_EVERY_MS = 10_000;

export type Comparison = {
  lines: ChartSeries[];
  /** What keeps a run off the picture, by its name. */
  problems: { name: string; problem: string }[];
  table: ComparedTable | undefined;
  loading: boolean;
  error: string | null;
  retry: () => void;
};

/** Runs on one axis, and what can be said of them in numbers. When one of them speaks, it is asked again. */
export function useCompared(ids: readonly string[], view: View): Comparison {
  const trpc = useTRPC();
  const key = view.keys[0] ?? "loss";
  const series = useQuery({
    ...trpc.compare.series.queryOptions(compareSeriesQuery({ ids, view })),
    enabled: ids.length > 0,
    structuralSharing: false,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const table = useQuery({
    ...trpc.compare.table.queryOptions(compareTableQuery(ids)),
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const topics = ids.map((id) => `run:${id}`);
  useSignals(topics, LINES_EVERY_MS, () => void series.refetch());
  useSignals(topics, TABLE_EVERY_MS, () => void table.refetch());
  const lines = useMemo(() => linesOf(series.data, { ids, key }), [series.data, ids, key]);
  return {
    lines,
    problems: (series.data?.runs ?? []).flatMap(({ name, problem }) =>
      problem === null ? [] : [{ name, problem }],
    ),
    table: ids.length === 0 ? undefined : table.data,
    loading: ids.length > 0 && (series.isPending || series.isPlaceholderData),
    error: series.error?.message ?? table.error?.message ?? null,
    retry: () => {
      void series.refetch();
      void table.refetch();
    },
  };
}

type Asked = { ids: readonly string[]; key: string };

/** Only runs that are still asked for: while the next answer is under way the one before stays. */
function linesOf(answer: ComparedSeries | undefined, { ids, key }: Asked): ChartSeries[] {
  const runs = (answer?.runs ?? []).filter(({ runId }) => ids.includes(runId));
  const names = namesApart(runs.map(({ runId, name }) => ({ id: runId, name })));
  return runs.flatMap(({ runId, series }, index) => {
    const wire = series[key];
    return wire === undefined
      ? []
      : [
          {
            id: runId,
            key,
            label: names.get(runId) ?? runId,
            role: index === 0 ? ("main" as const) : ("other" as const),
            attempt: wire.attempt,
            data: parseSeries(wire),
          },
        ];
  });
}

/** Runs of the same name are told apart by the end of their ids. */
export function namesApart(runs: readonly { id: string; name: string }[]): Map<string, string> {
  return new Map(
    runs.map(({ id, name }) => {
      const alone = runs.filter((run) => run.name === name).length === 1;
      return [id, alone ? name : `${name} (${id.slice(-4)})`];
    }),
  );
}
