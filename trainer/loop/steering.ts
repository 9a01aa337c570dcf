import { z } from "zod";
import { RatePayload, WeightsPayload } from "#server/run-log/contract.ts";

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

/** The sources are weighed anew. Null: none of the named sources exists, or the payload is no table of weights. */
export function steerWeights(
  steering: Steering,
  payload: unknown,
  sources: readonly string[],
): Steered | null {
  const parsed = WeightsPayload.safeParse(payload);
  if (!parsed.success) {
    return null;
  }
  const { weights } = parsed.data;
  const named = Object.entries(weights);
  const usable = named.some(([name, weight]) => weight > 0 && sources.includes(name));
  if (named.length > 0 && (!usable || named.some(([name]) => !sources.includes(name)))) {
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
