import { type Batch, checkBatch } from "../model/batch.ts";
import { forwardValues, targetValues } from "../model/batch-arrays.ts";
import { countTargets } from "../model/collect-targets.ts";
import type { ModelConfig } from "../model/config.ts";
import { parameterShapes } from "../model/parameters.ts";
import { adamwScalars } from "../optim/adamw.ts";
import { createAccumulation, type Part } from "./accumulate-steps.ts";
import { compileBySize } from "./compile-by-size.ts";
import type { Device } from "./device.ts";
import { inspectTensors } from "./inspect-tensors.ts";
import { openDevice } from "./open-device.ts";
import { getParameters, putParameters } from "./state-tensors.ts";
import { evaluationStep, trainStep } from "./train-step.ts";
import type {
  StepOptions,
  StepResult,
  TensorInspection,
  TrainingSession,
  TrainingSessionOptions,
  TrainState,
} from "./training-contract.ts";

export function openTrainingSession(options: TrainingSessionOptions): Promise<TrainingSession> {
  return openDevice(options, async (device) => {
    const { state, ...rest } = options;
    const session = new OpenSession(device, rest, state);
    await session.prepare();
    return session;
  });
}

/** Everything but the state: a second copy of it would cost as much memory as the tensors themselves. */
type Settings = Omit<TrainingSessionOptions, "state">;

/**
 * The state lives in two sets of tensors: a step reads one and writes the other, then they change places.
 * After a step that was not finite they do not, which leaves the state as it was at no cost.
 */
class OpenSession<T> implements TrainingSession {
  private readonly device: Device<T>;
  private readonly o: Settings;
  private readonly shapes: number[][];
  private readonly training;
  private readonly evaluation;
  private readonly accumulation;
  private current: T[];
  private spare: T[];
  /** Clipping scale of the last step that was applied; null when `spare` is not the state before it. */
  private scale: number | null = null;

  constructor(device: Device<T>, options: Settings, state: TrainState) {
    const positions = options.rows * options.length;
    this.device = device;
    this.o = options;
    this.shapes = [...parameterShapes(options.config).values()];
    this.training = compileBySize(device, positions, (targets) =>
      trainStep({ ...options, targets }, options.optimizer),
    );
    this.evaluation = compileBySize(device, positions, (targets) =>
      evaluationStep({ ...options, targets }),
    );
    this.accumulation = createAccumulation({
      device,
      options,
      put: (batch, capacity) => putBatch(device, batch, capacity),
      take: (tensors) => take(device, tensors),
    });
    this.current = putState(device, options.config, state);
    this.spare = [...this.shapes, ...this.shapes, ...this.shapes].map((shape) =>
      device.empty(shape),
    );
  }

  prepare(): Promise<void> {
    return this.training.prepare();
  }

  async step(batch: Batch, at: StepOptions): Promise<StepResult> {
    const { device, o } = this;
    checkSize(batch, o);
    const { compiled, capacity } = await this.training.forTargets(countTargets(batch));
    const scalars = device.put(adamwScalars(o.optimizer, at), [3]);
    const args = [...putBatch(device, batch, capacity), scalars];
    const outputs = await compiled.run([...this.current, ...args], this.spare);
    const next = outputs.slice(0, this.current.length);
    const [loss = Number.NaN, gradNorm = Number.NaN, ...tasks] = take(
      device,
      outputs.slice(next.length),
    );
    freeAll(device, args);
    return { ...this.keep(next, { loss, gradNorm }), taskLoss: taskMeans(tasks).taskLoss };
  }

  async stepOver(batches: Batch[], at: StepOptions): Promise<StepResult> {
    const { device, o } = this;
    for (const batch of batches) {
      checkSize(batch, o);
    }
    const parts = await this.accumulation.sum(this.current.slice(0, this.shapes.length), batches);
    const scalars = device.put(adamwScalars(o.optimizer, at), [3]);
    const outputs = await this.accumulation.apply(this.current, scalars, this.spare);
    const next = outputs.slice(0, this.current.length);
    const [gradNorm = Number.NaN] = take(device, outputs.slice(next.length));
    device.free(scalars);
    const { loss, tasks } = joinParts(parts);
    return { ...this.keep(next, { loss, gradNorm }), taskLoss: taskMeans(tasks).taskLoss };
  }

  /** The new state takes the place of the old one, unless it is not finite. */
  private keep(next: T[], measured: { loss: number; gradNorm: number }) {
    const finite = Number.isFinite(measured.loss) && Number.isFinite(measured.gradNorm);
    if (finite) {
      this.spare = this.current;
      this.current = next;
    } else {
      this.spare = next;
    }
    this.scale = finite ? Math.min(1, this.o.optimizer.clip / (measured.gradNorm + 1e-6)) : null;
    return { ...measured, finite };
  }

  async evaluate(batch: Batch) {
    const { device } = this;
    checkSize(batch, this.o);
    const targets = countTargets(batch);
    const { compiled, capacity } = await this.evaluation.forTargets(targets);
    const args = putBatch(device, batch, capacity);
    const parameters = this.current.slice(0, this.shapes.length);
    const outputs = await compiled.run([...parameters, ...args]);
    const [loss = Number.NaN, ...tasks] = take(device, outputs);
    freeAll(device, args);
    const count = tasks.length / 3;
    const taskCorrect = tasks.slice(2 * count);
    return { loss, targets, ...taskMeans(tasks.slice(0, 2 * count)), taskCorrect };
  }

  async inspect(): Promise<TensorInspection[]> {
    const { device, scale, current, spare } = this;
    const count = this.shapes.length;
    const read = (tensors: T[], index: number): Float32Array => {
      const tensor = tensors[index];
      return tensor === undefined ? new Float32Array() : (device.get(tensor) as Float32Array);
    };
    const parts = {
      weight: (index: number) => read(current, index),
      before: (index: number) => read(spare, count + index),
      after: (index: number) => read(current, count + index),
    };
    const { config, optimizer } = this.o;
    return scale === null
      ? []
      : inspectTensors(config, (part, index) => parts[part](index), {
          beta1: optimizer.beta1,
          scale,
        });
  }

  async timeOptimizer(): Promise<number> {
    const { device, o } = this;
    const scalars = device.put(adamwScalars(o.optimizer, { learningRate: 0, step: 1 }), [3]);
    const times: number[] = [];
    // The first run plans its memory; the spare state is overwritten, as the next step would do.
    for (let run = 0; run < 3; run++) {
      const startedAt = performance.now();
      const outputs = await this.accumulation.apply(this.current, scalars, this.spare);
      times.push(performance.now() - startedAt);
      this.spare = outputs.slice(0, this.current.length);
      freeAll(device, outputs.slice(this.current.length));
    }
    this.scale = null;
    device.free(scalars);
    return Math.min(...times);
  }

  async snapshot(): Promise<TrainState> {
    return getState(this.device, this.o.config, this.current);
  }

  async load(state: TrainState): Promise<void> {
    const loaded = putState(this.device, this.o.config, state);
    freeAll(this.device, this.current);
    this.current = loaded;
    this.scale = null;
  }

  async release(): Promise<void> {
    freeAll(this.device, this.current);
    freeAll(this.device, this.spare);
    await this.training.release();
    await this.evaluation.release();
    await this.accumulation.release();
  }
}

function checkSize(batch: Batch, options: Settings): void {
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

/** Loss over all targets, and the tasks' sums and counts together. */
function joinParts(parts: Part[]): { loss: number; tasks: number[] } {
  if (parts.length === 0) {
    return { loss: Number.NaN, tasks: [] };
  }
  const loss = parts.reduce((sum, part) => sum + part.share * part.loss, 0);
  const [first, ...others] = parts.map(({ tasks }) => tasks);
  const tasks = (first ?? []).map((value, i) =>
    others.reduce((sum, other) => sum + (other[i] ?? 0), value),
  );
  return { loss, tasks };
}

/** Sums of all tasks followed by counts of all tasks, as means. */
function taskMeans(values: number[]): { taskLoss: number[]; taskTargets: number[] } {
  const tasks = values.length / 2;
  const taskTargets = values.slice(tasks);
  const taskLoss = taskTargets.map((count, task) => (values[task] ?? Number.NaN) / count);
  return { taskLoss, taskTargets };
}
