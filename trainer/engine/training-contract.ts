import type { Batch } from "../model/batch.ts";
import type { ModelConfig } from "../model/config.ts";
import type { NamedTensors } from "../model/parameters.ts";

/** What runs the traced functions: ONNX Runtime, or jax-js' WebAssembly (reference and fallback). */
export type Executor = "onnx" | "wasm";

/** Everything that a step changes, by parameter name. */
export type TrainState = {
  parameters: NamedTensors;
  firstMoments: NamedTensors;
  secondMoments: NamedTensors;
};

export type OptimizerOptions = {
  beta1: number;
  beta2: number;
  eps: number;
  weightDecay: number;
  /** Largest L2 norm of all gradients together. */
  clip: number;
};

export type StepOptions = {
  learningRate: number;
  /** 1-based count of successful steps, for bias correction. */
  step: number;
};

export type StepResult = {
  /** Mean cross-entropy over all targets, nats. */
  loss: number;
  /** By task id; NaN where the batch has no target of that task. */
  taskLoss: number[];
  /** L2 norm of all gradients before clipping. */
  gradNorm: number;
  /** False when loss or gradient norm was not finite; the step was then not applied. */
  finite: boolean;
};

export type EvalResult = {
  loss: number;
  taskLoss: number[];
  targets: number;
  taskTargets: number[];
};

export type TrainingSession = {
  step(batch: Batch, options: StepOptions): Promise<StepResult>;
  evaluate(batch: Batch): Promise<EvalResult>;
  /** A copy of the state, safe to write while training goes on. */
  snapshot(): Promise<TrainState>;
  /** Continues from a state, bit for bit. */
  load(state: TrainState): Promise<void>;
  release(): Promise<void>;
};

export type TrainingSessionOptions = {
  config: ModelConfig;
  rows: number;
  length: number;
  /** Number of task ids. */
  tasks: number;
  state: TrainState;
  optimizer: OptimizerOptions;
  executor: Executor;
  threads: number;
};
