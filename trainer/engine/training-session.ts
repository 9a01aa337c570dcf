import type { NamedTensors } from "../model/parameters.ts";
import { prepareJax } from "./prepare-jax.ts";
import type { TrainingSession, TrainingSessionOptions, TrainState } from "./training-contract.ts";

export type {
  EvalResult,
  Executor,
  TrainingSession,
  TrainState,
} from "./training-contract.ts";

/** Compiles the training step for one batch shape and puts the state on the device. */
export async function createTrainingSession(
  options: TrainingSessionOptions,
): Promise<TrainingSession> {
  prepareJax(options);
  const { openTrainingSession } = await import("./open-training-session.ts");
  return openTrainingSession(options);
}

/** A state before the first step: all moments zero. */
export function freshTrainState(parameters: NamedTensors): TrainState {
  const zeros = (): NamedTensors =>
    new Map(
      [...parameters].map(([name, { shape, data }]) => [
        name,
        { shape, data: new Float32Array(data.length) },
      ]),
    );
  return { parameters, firstMoments: zeros(), secondMoments: zeros() };
}
