"use client";
import { useMemo } from "react";
import type { ChartSeries } from "#components/charts/series.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { curveSeries } from "./curve-series.ts";
import { type Pace, recentPace } from "./pace.ts";
import { useCurve } from "./use-curve.ts";
import { DEFAULT_VIEW } from "./view.ts";

const LOSS_VIEW = { x: DEFAULT_VIEW.x, keys: ["loss"], span: "whole", window: null } as const;

export type WholeLoss = { line: ChartSeries | undefined; pace: Pace | null };

/** The loss over the whole run, and the pace of its newest attempt. The curve has asked for the same numbers already. */
export function useWholeLoss(run: RunDetail): WholeLoss {
  const { whole } = useCurve(run, { ...LOSS_VIEW, keys: [...LOSS_VIEW.keys] });
  const { attempts, attempt, startedAt } = run;
  return useMemo(() => {
    const read = (answers: typeof whole) =>
      curveSeries({
        run: { attempts, attempt, startedAt },
        answers,
        keys: LOSS_VIEW.keys,
        labelOf: (key) => key,
      })[0];
    const current = read(whole.slice(-1));
    return { line: read(whole), pace: current === undefined ? null : recentPace(current.data) };
  }, [attempts, attempt, startedAt, whole]);
}
