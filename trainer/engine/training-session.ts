import type { NamedTensors } from "../model/parameters.ts";
import { engineThread } from "./engine-thread.ts";
import { prepareJax } from "./prepare-jax.ts";
import type { TrainingSession, TrainingSessionOptions, TrainState } from "./training-contract.ts";

export type {
  EvalResult,
  Executor,
  TensorInspection,
  TrainingSession,
  TrainState,
} from "./training-contract.ts";

/**
 * Compiles the training step for one batch shape and puts the state on the device. With ONNX Runtime everything
 * happens on a thread of its own; the WebAssembly reference computes on the thread that asks.
 */
export async function createTrainingSession(
  options: TrainingSessionOptions,
): Promise<TrainingSession> {
  if (options.executor === "onnx") {
    return remoteSession(options);
  }
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

async function remoteSession(options: TrainingSessionOptions): Promise<TrainingSession> {
  const thread = engineThread();
  const id = await thread.open({ open: "training", options });
  return {
    step: (...args) => thread.call(id, "step", args),
    stepOver: (...args) => thread.call(id, "stepOver", args),
    evaluate: (...args) => thread.call(id, "evaluate", args),
    inspect: () => thread.call(id, "inspect"),
    timeOptimizer: () => thread.call(id, "timeOptimizer"),
    snapshot: () => thread.call(id, "snapshot"),
    load: (...args) => thread.call(id, "load", args),
    release: () => thread.call(id, "release"),
  };
}
