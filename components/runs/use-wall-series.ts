"use client";
import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { type ChartSeries, toChartSeries } from "#components/charts/series.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { Series, SeriesAnswer } from "#server/metrics/contract.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { wireWindow } from "./curve-window.ts";
import { isLayerKey } from "./layer-stats.ts";
import { moveWindow, moveX, originOf, wireAxis } from "./relative-axis.ts";
import type { View } from "./view.ts";

const PANEL_BUCKETS = 160;
/** Keys of one question; more are asked for in further ones. */
const KEYS_AT_ONCE = 40;
export const MOST_KEYS = 200;
const KEPT_MS = 60_000;

export type WallView = { run: RunDetail; x: View["x"]; window: View["window"] };

export const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index]);

/** The lines of the wall, by metric. One that got no new point is the same object as before. */
export function useWallSeries({ run, x, window }: WallView): Map<string, ChartSeries> {
  const trpc = useTRPC();
  const { id, attempt } = run;
  const origin = originOf(run, x);
  const portions = useMemo(() => {
    const keys = run.keys.filter((key) => !isLayerKey(key)).slice(0, MOST_KEYS);
    return Array.from({ length: Math.ceil(keys.length / KEYS_AT_ONCE) }, (_, index) =>
      keys.slice(index * KEYS_AT_ONCE, (index + 1) * KEYS_AT_ONCE),
    );
  }, [run.keys]);
  const asked = window === null ? {} : moveWindow(wireWindow(window), origin);
  const lines = useQueries({
    queries: portions.map((portion) => ({
      ...trpc.runs.series.queryOptions({
        runId: id,
        attempt,
        keys: portion,
        x: wireAxis(x),
        ...asked,
        buckets: PANEL_BUCKETS,
      }),
      structuralSharing: false as const,
      gcTime: KEPT_MS,
      placeholderData: keepPreviousData,
    })),
    combine: toLines,
  });
  const kept = useRef(lines);
  if (!sameItems([...kept.current.values()], [...lines.values()])) {
    kept.current = lines;
  }
  const steady = kept.current;
  return useMemo(
    () =>
      origin === 0
        ? steady
        : new Map(
            [...steady].map(([key, one]) => [key, { ...one, data: moveX(one.data, -origin) }]),
          ),
    [steady, origin],
  );
}

/** The line of an answer's numbers: the same one as long as the numbers are. */
const lineOf = new WeakMap<Series, ChartSeries>();

function toLine(key: string, wire: Series): ChartSeries {
  const line = lineOf.get(wire) ?? toChartSeries(wire, { id: key, key, label: key, role: "main" });
  lineOf.set(wire, line);
  return line;
}

function toLines(results: readonly { data: SeriesAnswer | undefined }[]): Map<string, ChartSeries> {
  const entries = results.flatMap(({ data }) =>
    Object.entries(data?.series ?? {}).map(([key, wire]) => [key, toLine(key, wire)] as const),
  );
  return new Map(entries);
}
