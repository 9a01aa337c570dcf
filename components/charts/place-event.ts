import type { ChartFrame } from "./chart-model.ts";
import type { ChartEvent } from "./events.ts";
import { stepToX } from "./step-to-x.ts";

/** Where a step of this chart lies on its axis; NaN beyond the drawn series. */
export function placeOf({ input }: ChartFrame, step: number): number {
  return stepToX(
    step,
    input.xAxis,
    input.series.map((one) => one.data),
  );
}

/**
 * Where an event lies on the axis; on the time axis it knows for itself. What came before the first point, such as the
 * start at step 0, stands at the beginning of the run.
 */
export function eventX(frame: ChartFrame, event: ChartEvent): number {
  const { full, input } = frame;
  const x = input.xAxis === "time" ? event.time : placeOf(frame, event.step);
  return Number.isNaN(x) && event.step <= firstStep(frame) ? full.from : Math.max(x, full.from);
}

function firstStep({ input }: ChartFrame): number {
  const firsts = input.series.map(({ data }) => data.steps[0] ?? Number.POSITIVE_INFINITY);
  return Math.min(...firsts, Number.POSITIVE_INFINITY);
}
