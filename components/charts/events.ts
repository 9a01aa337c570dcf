/** What a chart can mark. Each kind has one shape; filled means made, outlined means noticed. */
export type ChartEventKind =
  | "start"
  | "restart"
  | "rollback"
  | "stage"
  | "data"
  | "rate"
  | "growth"
  | "spike"
  | "nan"
  | "stall"
  | "slow"
  | "checkpoint"
  | "evaluation"
  | "release"
  | "initiative"
  | "command"
  | "finish"
  | "note";

/**
 * A mark on the curve. `label` is one plain sentence, `name` the few words that fit on a bracket. `href` defaults to the page anchor of its id.
 * `toStep` turns it into a bracket from `step` on (a trial), dashed when it was undone; `selected` lays
 * its window over plot and lanes.
 */
export type ChartEvent = {
  id: string;
  kind: ChartEventKind;
  step: number;
  time: number;
  label: string;
  name?: string | undefined;
  href?: string | undefined;
  toStep?: number | undefined;
  undone?: boolean | undefined;
  selected?: boolean | undefined;
};

/** A stretch of the run's plan, by step. */
export type ChartStage = { name: string; fromStep: number };

export type Lane = "run" | "health" | "output" | "initiatives";
export const LANES: readonly Lane[] = ["run", "health", "output", "initiatives"];

const LANE_OF: Record<ChartEventKind, Lane> = {
  start: "run",
  restart: "run",
  stage: "run",
  data: "run",
  rate: "run",
  growth: "run",
  command: "run",
  finish: "run",
  note: "run",
  spike: "health",
  nan: "health",
  stall: "health",
  slow: "health",
  rollback: "health",
  checkpoint: "output",
  evaluation: "output",
  release: "output",
  initiative: "initiatives",
};

export const laneOf = (kind: ChartEventKind): Lane => LANE_OF[kind];

/** Ink unless it is a matter of health. */
export function toneOf(kind: ChartEventKind): "ink" | "warn" | "bad" | "trial" {
  if (kind === "nan" || kind === "rollback") {
    return "bad";
  }
  if (kind === "initiative") {
    return "trial";
  }
  return laneOf(kind) === "health" ? "warn" : "ink";
}
