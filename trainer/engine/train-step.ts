import { numpy as np, valueAndGrad } from "@jax-js/jax";
import {
  type BatchArrays,
  FORWARD_ARRAYS,
  forwardShape,
  TARGET_ARRAYS,
} from "../model/batch-arrays.ts";
import type { ModelConfig } from "../model/config.ts";
import { loss, lossAndHits } from "../model/loss.ts";
import type { ParameterTree } from "../model/parameter-tree.ts";
import { parameterShapes } from "../model/parameters.ts";
import { type AdamWOptions, adamw } from "../optim/adamw.ts";
import { clipScale } from "../optim/clip.ts";
import type { TensorSpec, TracedFunction } from "./jaxpr.ts";

export type StepShape = {
  config: ModelConfig;
  rows: number;
  length: number;
  /** Number of task ids. */
  tasks: number;
  /** Largest number of targets in a batch. */
  targets: number;
};

/** A function to compile and the tensors it takes. */
export type Traceable = { fn: TracedFunction; inputs: TensorSpec[] };

/**
 * The whole training step as one function: forward, backward, clipping, AdamW.
 * Takes parameters, first and second moments (each in the order of the names), the batch, the optimizer's
 * scalars; returns the new parameters and moments, then loss, gradient norm, task sums, task counts.
 */
export function trainStep(shape: StepShape, options: AdamWOptions & { clip: number }): Traceable {
  const shapes = parameterShapes(shape.config);
  const count = shapes.size;
  const optimizer = adamw(options);
  const fn: TracedFunction = (...args) => {
    const parameters = args.slice(0, count);
    const state = { first: args.slice(count, 2 * count), second: args.slice(2 * count, 3 * count) };
    const batch = args.slice(3 * count, -1);
    const scalars = args.slice(-1)[0] as np.Array;
    const result = lossAndGradients(
      shape,
      parameters.map((array) => array.ref),
      batch,
    );
    const { scale, norm } = clipScale(result.gradients, options.clip);
    const next = optimizer.update(result.gradients, state, { parameters, scalars, scale });
    return [
      ...next.parameters,
      ...next.state.first,
      ...next.state.second,
      result.loss,
      norm,
      result.taskSum,
      result.taskCount,
    ];
  };
  const weights = floats([...shapes.values()]);
  const inputs = [...weights, ...weights, ...weights, ...batchSpecs(shape), ...floats([[3]])];
  return { fn, inputs };
}

/** Index of each number in the scalars of `accumulateStep`. */
const KEEP = 0;
const SHARE = 1;

/**
 * One part of a step over several batches: takes parameters, the sums so far, the batch and the scalars [keep, share];
 * returns sums + share · gradients (or share · gradients alone where keep is 0), loss, task sums, task counts.
 */
export function accumulateStep(shape: StepShape): Traceable {
  const shapes = parameterShapes(shape.config);
  const count = shapes.size;
  const fn: TracedFunction = (...args) => {
    const sums = args.slice(count, 2 * count);
    const scalars = args.slice(-1)[0] as np.Array;
    const result = lossAndGradients(shape, args.slice(0, count), args.slice(2 * count, -1));
    const kept = scalars.ref.slice(KEEP).greater(0);
    const next = result.gradients.map((gradient, i) =>
      np.where(kept.ref, sums[i] as np.Array, 0).add(gradient.mul(scalars.ref.slice(SHARE))),
    );
    kept.dispose();
    scalars.dispose();
    return [...next, result.loss, result.taskSum, result.taskCount];
  };
  const weights = floats([...shapes.values()]);
  return { fn, inputs: [...weights, ...weights, ...batchSpecs(shape), ...floats([[2]])] };
}

/** Clipping and AdamW alone: takes parameters, moments, gradients, scalars; returns the new state and the norm. */
export function applyStep(
  config: ModelConfig,
  options: AdamWOptions & { clip: number },
): Traceable {
  const shapes = parameterShapes(config);
  const count = shapes.size;
  const optimizer = adamw(options);
  const fn: TracedFunction = (...args) => {
    const [parameters, first, second, gradients] = [0, 1, 2, 3].map((part) =>
      args.slice(part * count, (part + 1) * count),
    ) as [np.Array[], np.Array[], np.Array[], np.Array[]];
    const scalars = args.slice(-1)[0] as np.Array;
    const { scale, norm } = clipScale(gradients, options.clip);
    const next = optimizer.update(gradients, { first, second }, { parameters, scalars, scale });
    return [...next.parameters, ...next.state.first, ...next.state.second, norm];
  };
  const weights = floats([...shapes.values()]);
  return { fn, inputs: [...weights, ...weights, ...weights, ...weights, ...floats([[3]])] };
}

/** Loss and gradients alone: takes parameters and batch; returns loss, task sums, task counts, gradients. */
export function gradientStep(shape: StepShape): Traceable {
  const shapes = parameterShapes(shape.config);
  const fn: TracedFunction = (...args) => {
    const result = lossAndGradients(shape, args.slice(0, shapes.size), args.slice(shapes.size));
    return [result.loss, result.taskSum, result.taskCount, ...result.gradients];
  };
  return { fn, inputs: [...floats([...shapes.values()]), ...batchSpecs(shape)] };
}

/** The loss without gradients: takes parameters and batch; returns loss, task sums, counts, correct predictions. */
export function evaluationStep(shape: StepShape): Traceable {
  const shapes = parameterShapes(shape.config);
  const fn: TracedFunction = (...args) => {
    const parameters = parameterTree(shape.config, args.slice(0, shapes.size));
    const result = lossAndHits(parameters, batchTree(args.slice(shapes.size)), shape);
    return [result.loss, result.taskSum, result.taskCount, result.taskCorrect];
  };
  return { fn, inputs: [...floats([...shapes.values()]), ...batchSpecs(shape)] };
}

/** Arrays in the order of the sorted names, as the model's functions take them. */
export function parameterTree(config: ModelConfig, arrays: np.Array[]): ParameterTree {
  const names = [...parameterShapes(config).keys()];
  return Object.fromEntries(names.map((name, index) => [name, arrays[index] as np.Array]));
}

export function floats(shapes: number[][]): TensorSpec[] {
  return shapes.map((shape) => ({ shape, type: "float32" }));
}

function batchSpecs(shape: StepShape): TensorSpec[] {
  const shapes = [
    ...FORWARD_ARRAYS.map((name) => forwardShape(name, shape)),
    ...TARGET_ARRAYS.map(() => [shape.targets]),
  ];
  return shapes.map((shape) => ({ shape, type: "int32" }));
}

function batchTree(arrays: np.Array[]): BatchArrays {
  const names = [...FORWARD_ARRAYS, ...TARGET_ARRAYS];
  const entries = names.map((name, index) => [name, arrays[index]]);
  return Object.fromEntries(entries) as BatchArrays;
}

function lossAndGradients(shape: StepShape, parameters: np.Array[], batch: np.Array[]) {
  const objective = (weights: np.Array[], ...arrays: np.Array[]): [np.Array, np.Array[]] => {
    const tree = parameterTree(shape.config, weights);
    const result = loss(tree, batchTree(arrays), shape);
    return [result.loss, [result.taskSum, result.taskCount]];
  };
  const [[value, sums], gradients] = valueAndGrad(objective, { hasAux: true })(
    parameters,
    ...batch,
  ) as unknown as [[np.Array, [np.Array, np.Array]], np.Array[]];
  return { loss: value, taskSum: sums[0], taskCount: sums[1], gradients };
}
