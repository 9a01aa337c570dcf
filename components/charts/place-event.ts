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

/** Where an event lies on the axis; on the time axis it knows for itself. */
export function eventX(frame: ChartFrame, event: ChartEvent): number {
  return frame.input.xAxis === "time" ? event.time : placeOf(frame, event.step);
}
