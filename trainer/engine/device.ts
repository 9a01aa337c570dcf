import type { TensorSpec, TracedFunction } from "./jaxpr.ts";

export type HostArray = Float32Array | Int32Array;

/** A traced function, compiled for one device. T is the device's own kind of tensor. */
export type Compiled<T> = {
  /**
   * Runs the function. The arguments stay valid. `into` offers old tensors, one for each of the first
   * outputs, whose memory may be reused: they must not be read afterwards.
   */
  run(args: T[], into?: T[]): Promise<T[]>;
  release(): Promise<void>;
};

/** Where tensors live and traced functions run. */
export type Device<T> = {
  /** A tensor with these values; the array may be kept and must not be changed afterwards. */
  put(values: HostArray, shape: number[]): T;
  /** A float32 tensor whose values do not matter. */
  empty(shape: number[]): T;
  /** A copy of the values. */
  get(tensor: T): HostArray;
  free(tensor: T): void;
  compile(fn: TracedFunction, inputs: TensorSpec[]): Promise<Compiled<T>>;
};
