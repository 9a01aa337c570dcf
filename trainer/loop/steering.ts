import { z } from "zod";
import { RatePayload, WeightsPayload } from "#server/run-log/contract.ts";
import { labelOf } from "../data/dataset.ts";
import { isDrawable, type Mix, mixInForce, type Weighted } from "../data/draw-weights.ts";

/**
 * What was changed from outside while the run goes on; part of the checkpoint, since the numbers depend on it.
 * `rateFactor` multiplies the schedule's learning rate; `weights` stand in the place of the stage's mix, or null.
 */
export const Steering = z.object({
  rateFactor: z.number().positive(),
  weights: z.record(z.string(), z.number().min(0)).nullable(),
});
export type Steering = z.infer<typeof Steering>;

/** As the recipe says. */
export const UNSTEERED: Steering = { rateFactor: 1, weights: null };

export type Steered = { steering: Steering; message: string; data: Record<string, unknown> };

/** The learning rate is multiplied by another factor. Null: the command says no factor that can be used. */
export function steerRate(steering: Steering, payload: unknown): Steered | null {
  const parsed = RatePayload.safeParse(payload);
  if (!parsed.success) {
    return null;
  }
  const { factor } = parsed.data;
  const before = steering.rateFactor;
  const message =
    factor === 1
      ? "The learning rate follows the recipe's schedule again."
      : `The learning rate is ${factor} times the schedule's from the next step on (before: ${before}).`;
  return { steering: { ...steering, rateFactor: factor }, message, data: { factor, before } };
}

type Drawn = { datasets: Weighted[]; stage: Mix };

/**
 * The data are weighed anew, by name or by task and name. Null: the payload is no table of weights, names what is not
 * there, or would leave nothing to draw.
 */
export function steerWeights(
  steering: Steering,
  payload: unknown,
  { datasets, stage }: Drawn,
): Steered | null {
  const parsed = WeightsPayload.safeParse(payload);
  if (!parsed.success) {
    return null;
  }
  const { weights } = parsed.data;
  const named = Object.entries(weights);
  const known = new Set(datasets.flatMap((dataset) => [dataset.name, labelOf(dataset)]));
  const mix = mixInForce(stage, named.length === 0 ? null : weights, datasets);
  if (named.some(([name]) => !known.has(name)) || !isDrawable(datasets, mix)) {
    return null;
  }
  const message =
    named.length === 0
      ? "The data follow the stage's mix again."
      : `The data are weighed ${named.map(([name, weight]) => `${name} ${weight}`).join(", ")} from the next batch on.`;
  const before = steering.weights;
  return {
    steering: { ...steering, weights: named.length === 0 ? null : weights },
    message,
    data: { weights, before },
  };
}
