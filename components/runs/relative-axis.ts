import { mapColumns } from "#components/charts/pick-entries.ts";
import type { SeriesData } from "#components/charts/series.ts";
import type { XAxis as WireAxis } from "#server/metrics/contract.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import type { View } from "./view.ts";

// Time since the start is time with another zero: it is asked for as time and moved here, so that both share one answer.

type Window = { from?: number; to?: number };

export const wireAxis = (x: View["x"]): WireAxis => (x === "relative" ? "time" : x);

/** Where the axis has its zero, in the wire's units. */
export const originOf = (run: Pick<RunDetail, "startedAt">, x: View["x"]): number =>
  x === "relative" ? (run.startedAt ?? 0) : 0;

export function moveWindow({ from, to }: Window, by: number): Window {
  return {
    ...(from === undefined ? {} : { from: from + by }),
    ...(to === undefined ? {} : { to: to + by }),
  };
}

/** The same points with their places on the axis moved. */
export function moveX(data: SeriesData, by: number): SeriesData {
  if (by === 0) {
    return data;
  }
  const move = (x: readonly number[]): number[] => x.map((place) => place + by);
  return data.kind === "raw"
    ? { ...data, x: move(data.x) }
    : mapColumns(data, (values, name) =>
        name === "x" || name === "lastX" ? move(values) : values,
      );
}
