import type { OnnxGraph } from "./onnx-graph.ts";
import type { OnnxType } from "./onnx-proto.ts";

/**
 * A value of the traced program as a lazy view of an ONNX tensor: transposed and broadcast, but not yet
 * copied. The gradients that jax-js derives are full of transpositions and broadcasts that only matter to
 * the operation after next; written out as they stand they would multiply memory.
 */
export type View = {
  /** Name of the ONNX tensor. */
  name: string;
  type: OnnxType;
  /** Shape of the tensor, without axes of size 1. */
  source: readonly number[];
  /** For each axis of the value its axis in the tensor, or null where the value is constant along it. */
  axes: readonly (number | null)[];
  /** Shape of the value. */
  shape: readonly number[];
};

/** The view of a tensor that has exactly the value's shape. */
export function viewOf(
  graph: OnnxGraph,
  tensor: { name: string; type: OnnxType; shape: readonly number[] },
): View {
  const { type, shape } = tensor;
  const source = shape.filter((dim) => dim !== 1);
  let axis = 0;
  const axes = shape.map((dim) => (dim === 1 ? null : axis++));
  const name =
    source.length === shape.length ? tensor.name : reshapeNode(graph, tensor.name, source);
  return { name, type, source, axes, shape };
}

export function transposeView(view: View, permutation: readonly number[]): View {
  return {
    ...view,
    axes: permutation.map((axis) => view.axes[axis] ?? null),
    shape: permutation.map((axis) => dimension(view.shape, axis)),
  };
}

/** The value repeated along new axes, and along axes of size 1 where the new shape is larger. */
export function broadcastView(
  view: View,
  shape: readonly number[],
  newAxes: readonly number[],
): View {
  let next = 0;
  const axes = shape.map((_, axis) =>
    newAxes.includes(axis) ? null : (view.axes[next++] ?? null),
  );
  return { ...view, axes, shape };
}

/** The value with axes of size 1 put in front until it has that rank, as NumPy aligns operands. */
export function withRank(view: View, rank: number): View {
  const missing = Math.max(0, rank - view.shape.length);
  return {
    ...view,
    axes: [...Array<null>(missing).fill(null), ...view.axes],
    shape: [...Array<number>(missing).fill(1), ...view.shape],
  };
}

/**
 * A tensor with one axis for each of the value's axes in `order`, of size 1 where the view is constant.
 * `order` must contain every axis that is not constant. Leading axes of size 1 may be missing.
 */
export function aligned(graph: OnnxGraph, view: View, order: readonly number[]): string {
  const permutation = order.flatMap((axis) => view.axes[axis] ?? []);
  const name = transposeNode(graph, view.name, permutation);
  const dims = order.map((axis) => (view.axes[axis] == null ? 1 : dimension(view.shape, axis)));
  const first = dims.findIndex((dim) => dim !== 1);
  const needed = first === -1 ? [] : dims.slice(first);
  return needed.length === permutation.length ? name : reshapeNode(graph, name, needed);
}

/** A tensor with exactly the value's shape, all repetitions written out. */
export function dense(graph: OnnxGraph, view: View): string {
  const every = view.shape.map((_, axis) => axis);
  const name = aligned(graph, view, every);
  if (view.shape.every((dim, axis) => dim === 1 || view.axes[axis] != null)) {
    return view.source.length === view.shape.length ? name : reshapeNode(graph, name, view.shape);
  }
  return graph.op("Expand", [name, graph.ints(view.shape)]);
}

/** The same value over a tensor in which none of the given axes is constant. */
export function written(graph: OnnxGraph, view: View, axes: readonly number[]): View {
  if (axes.every((axis) => dimension(view.shape, axis) === 1 || view.axes[axis] != null)) {
    return view;
  }
  const kept = view.shape.map((dim, axis) =>
    view.axes[axis] != null || axes.includes(axis) ? dim : 1,
  );
  const part = { ...view, shape: kept };
  return { ...viewOf(graph, { ...part, name: dense(graph, part) }), shape: view.shape };
}

export function reshapeNode(graph: OnnxGraph, name: string, shape: readonly number[]): string {
  return graph.op("Reshape", [name, graph.ints(shape)]);
}

export function transposeNode(
  graph: OnnxGraph,
  name: string,
  permutation: readonly number[],
): string {
  return permutation.every((from, to) => from === to)
    ? name
    : graph.op("Transpose", [name], { perm: [...permutation] });
}

/** The size of an axis that must exist. */
export function dimension(shape: readonly number[], axis: number): number {
  const dim = shape[axis];
  if (dim === undefined) {
    throw new RangeError(
      `The shape [${shape}] has no axis ${axis}; the traced program is not valid.`,
    );
  }
  return dim;
}

export function product(values: readonly number[]): number {
  return values.reduce((total, value) => total * value, 1);
}
