import { type Batch, checkBatch } from "../model/batch.ts";
import { forwardValues, targetValues } from "../model/batch-arrays.ts";
import { countTargets } from "../model/collect-targets.ts";
import type { ModelConfig } from "../model/config.ts";
import { parameterShapes } from "../model/parameters.ts";
import { adamwScalars } from "../optim/adamw.ts";
import { compileBySize } from "./compile-by-size.ts";
import type { Device } from "./device.ts";
import { openDevice } from "./open-device.ts";
import { getParameters, putParameters } from "./state-tensors.ts";
import { evaluationStep, trainStep } from "./train-step.ts";
import type { TrainingSession, TrainingSessionOptions, TrainState } from "./training-contract.ts";

export function openTrainingSession(options: TrainingSessionOptions): Promise<TrainingSession> {
  return openDevice(options, (device) => openSession(device, options));
}

/**
 * The state lives in two sets of tensors: a step reads one and writes the other, then they change places.
 * After a step that was not finite they do not, which leaves the state as it was at no cost.
 */
async function openSession<T>(
  device: Device<T>,
  options: TrainingSessionOptions,
): Promise<TrainingSession> {
  const { config, optimizer } = options;
  const shapes = [...parameterShapes(config).values()];
  const stateShapes = [...shapes, ...shapes, ...shapes];
  const training = compileBySize(device, options.rows * options.length, (targets) =>
    trainStep({ ...options, targets }, optimizer),
  );
  const evaluation = compileBySize(device, options.rows * options.length, (targets) =>
    evaluationStep({ ...options, targets }),
  );
  await training.prepare();
  let current = putState(device, config, options.state);
  let spare = stateShapes.map((shape) => device.empty(shape));

  return {
    async step(batch, at) {
      checkSize(batch, options);
      const scalars = adamwScalars(optimizer, at);
      const { compiled, capacity } = await training.forTargets(countTargets(batch));
      const args = [...putBatch(device, batch, capacity), device.put(scalars, [3])];
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
      checkSize(batch, options);
      const targets = countTargets(batch);
      const { compiled, capacity } = await evaluation.forTargets(targets);
      const args = putBatch(device, batch, capacity);
      const outputs = await compiled.run([...current.slice(0, shapes.length), ...args]);
      const [loss = Number.NaN, ...tasks] = take(device, outputs);
      freeAll(device, args);
      return { loss, targets, ...taskMeans(tasks) };
    },

    snapshot: async () => getState(device, config, current),

    async load(state) {
      const loaded = putState(device, config, state);
      freeAll(device, current);
      current = loaded;
    },

    async release() {
      freeAll(device, current);
      freeAll(device, spare);
      await training.release();
      await evaluation.release();
    },
  };
}

function checkSize(batch: Batch, options: TrainingSessionOptions): void {
  if (batch.rows !== options.rows || batch.length !== options.length) {
    throw new RangeError(
      `The session was compiled for ${options.rows} × ${options.length} and got ${batch.rows} × ${batch.length}: pad the batch, or create a session of that size.`,
    );
  }
  checkBatch(batch, options.config);
}

function putBatch<T>(device: Device<T>, batch: Batch, capacity: number): T[] {
  return [...forwardValues(batch), ...targetValues(batch, capacity)].map(({ values, shape }) =>
    device.put(values, shape),
  );
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
