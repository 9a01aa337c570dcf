import { type Batch, checkBatch } from "../model/batch.ts";
import { BATCH_ARRAYS, batchShape, batchValues } from "../model/batch-arrays.ts";
import type { ModelConfig } from "../model/config.ts";
import { type NamedTensors, parameterShapes } from "../model/parameters.ts";
import { adamwScalars } from "../optim/adamw.ts";
import type { Compiled, Device } from "./device.ts";
import { openOnnxDevice } from "./onnx-device.ts";
import { getParameters, putParameters } from "./state-tensors.ts";
import { evaluationStep, type StepShape, trainStep } from "./train-step.ts";
import { openWasmDevice } from "./wasm-device.ts";

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
  snapshot(): TrainState;
  /** Continues from a state, bit for bit. */
  load(state: TrainState): void;
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

/** Compiles the training step for one batch shape and puts the state on the device. */
export async function createTrainingSession(
  options: TrainingSessionOptions,
): Promise<TrainingSession> {
  return options.executor === "onnx"
    ? openSession(openOnnxDevice(options.threads), options)
    : openSession(await openWasmDevice(options.threads), options);
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

/**
 * The state lives in two sets of tensors: a step reads one and writes the other, then they change places.
 * After a step that was not finite they do not, which leaves the state as it was at no cost.
 */
async function openSession<T>(
  device: Device<T>,
  options: TrainingSessionOptions,
): Promise<TrainingSession> {
  const { config } = options;
  const shapes = [...parameterShapes(config).values()];
  const stateShapes = [...shapes, ...shapes, ...shapes];
  const { fn, inputs } = trainStep(options, options.optimizer);
  const compiled = await device.compile(fn, inputs);
  let evaluation: Promise<Compiled<T>> | undefined;
  let current = putState(device, config, options.state);
  let spare = stateShapes.map((shape) => device.empty(shape));

  return {
    async step(batch, at) {
      const args = putBatch(device, batch, options);
      args.push(device.put(adamwScalars(options.optimizer, at), [3]));
      const outputs = await compiled.run([...current, ...args], spare);
      const next = outputs.slice(0, stateShapes.length);
      const [loss = Number.NaN, gradNorm = Number.NaN, ...tasks] = take(
        device,
        outputs.slice(stateShapes.length),
      );
      freeAll(device, args);
      const finite = Number.isFinite(loss) && Number.isFinite(gradNorm);
      [current, spare] = finite ? [next, current] : [current, next];
      return { loss, gradNorm, finite, taskLoss: taskMeans(tasks).taskLoss };
    },

    async evaluate(batch) {
      const step = evaluationStep(options);
      evaluation ??= device.compile(step.fn, step.inputs);
      const args = putBatch(device, batch, options);
      const outputs = await (await evaluation).run([...current.slice(0, shapes.length), ...args]);
      const [loss = Number.NaN, ...tasks] = take(device, outputs);
      freeAll(device, args);
      const { taskLoss, taskTargets } = taskMeans(tasks);
      const targets = batch.target.reduce((count, target) => count + (target >= 0 ? 1 : 0), 0);
      return { loss, taskLoss, taskTargets, targets };
    },

    snapshot: () => getState(device, config, current),

    load(state) {
      const loaded = putState(device, config, state);
      freeAll(device, current);
      current = loaded;
    },

    async release() {
      freeAll(device, current);
      freeAll(device, spare);
      await compiled.release();
      await (await evaluation)?.release();
    },
  };
}

function putBatch<T>(device: Device<T>, batch: Batch, shape: StepShape): T[] {
  if (batch.rows !== shape.rows || batch.length !== shape.length) {
    throw new RangeError(
      `The session was compiled for ${shape.rows} × ${shape.length} and got ${batch.rows} × ${batch.length}: pad the batch, or create a session of that size.`,
    );
  }
  checkBatch(batch, shape.config);
  return BATCH_ARRAYS.map((name) => device.put(batchValues(batch, name), batchShape(name, batch)));
}

/** State tensors in the order of the compiled step: parameters, first moments, second moments. */
function putState<T>(device: Device<T>, config: ModelConfig, state: TrainState): T[] {
  return [state.parameters, state.firstMoments, state.secondMoments].flatMap((tensors) =>
    putParameters(device, config, tensors),
  );
}

function getState<T>(device: Device<T>, config: ModelConfig, tensors: T[]): TrainState {
  const count = tensors.length / 3;
  return {
    parameters: getParameters(device, config, tensors.slice(0, count)),
    firstMoments: getParameters(device, config, tensors.slice(count, 2 * count)),
    secondMoments: getParameters(device, config, tensors.slice(2 * count)),
  };
}

/** The values of all these tensors one after the other; the tensors are freed. */
function take<T>(device: Device<T>, tensors: T[]): number[] {
  const values = tensors.flatMap((tensor) => [...device.get(tensor)]);
  freeAll(device, tensors);
  return values;
}

function freeAll<T>(device: Device<T>, tensors: T[]): void {
  for (const tensor of tensors) {
    device.free(tensor);
  }
}

/** Sums of all tasks followed by counts of all tasks, as means. */
function taskMeans(values: number[]): { taskLoss: number[]; taskTargets: number[] } {
  const tasks = values.length / 2;
  const taskTargets = values.slice(tasks);
  const taskLoss = taskTargets.map((count, task) => (values[task] ?? Number.NaN) / count);
  return { taskLoss, taskTargets };
}
