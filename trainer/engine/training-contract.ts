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
  /** By task id: at how many of its targets the likeliest token was the right one. */
  taskCorrect: number[];
};

/** A tensor's statistics after a step, and those of its gradient in that step before clipping. */
export type TensorInspection = {
  name: string;
  shape: number[];
  max: number;
  min: number;
  std: number;
  mean: number;
  gradStd: number;
  gradMean: number;
};

export type TrainingSession = {
  step(batch: Batch, options: StepOptions): Promise<StepResult>;
  /** One step over several batches: the gradient of the mean over all their targets together. */
  stepOver(batches: Batch[], options: StepOptions): Promise<StepResult>;
  evaluate(batch: Batch): Promise<EvalResult>;
  /** Looks at every tensor as the last step left it; empty when that step was not applied. */
  inspect(): Promise<TensorInspection[]>;
  /** How long clipping and AdamW take by themselves, milliseconds. */
  timeOptimizer(): Promise<number>;
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
