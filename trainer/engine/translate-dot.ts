import type { OnnxGraph } from "./onnx-graph.ts";
import { operand, type Step, type Translator } from "./translation.ts";
import {
  aligned,
  dimension,
  product,
  reshapeNode,
  transposeNode,
  type View,
  withRank,
  written,
} from "./view.ts";

export const dotTranslators: ReadonlyMap<string, Translator> = new Map([["dot", dot]]);

/** The axes of a product: in both operands, in the left only, in the right only, and the summed one. */
type Roles = { batch: number[]; left: number[]; right: number[]; inner: number };

/**
 * jax-js' `dot` is Σ a·b over the last axis of two operands that broadcast. The axes that only one operand
 * has become the rows and columns of a MatMul; operands are transposed only where their layout asks for it,
 * and then last two axes against each other, which ONNX Runtime fuses into the product.
 */
function dot(step: Step): View {
  const { graph, result } = step;
  const rank = result.shape.length + 1;
  const inner = rank - 1;
  const [a, b] = [operand(step, 0), operand(step, 1)]
    .map((view) => withRank(view, rank))
    .map((view, _, all) => {
      const size = Math.max(...all.map((other) => dimension(other.shape, inner)));
      const shape = view.shape.with(inner, size);
      return written(graph, { ...view, shape }, [inner]);
    }) as [View, View];
  const roles = assignRoles(a, b, inner);
  const order = [...roles.batch, ...roles.left, ...roles.right];
  const dims = order.map((axis) => dimension(result.shape, axis));
  const name =
    roles.left.length + roles.right.length === 0
      ? sumOfProducts(graph, [a, b], roles)
      : reshapeNode(graph, matrixProduct(graph, [a, b], roles), dims);
  const axes: (number | null)[] = result.shape.map(() => null);
  for (const [position, axis] of order.entries()) {
    axes[axis] = position;
  }
  return { name, type: result.type, source: dims, axes, shape: result.shape };
}

function assignRoles(a: View, b: View, inner: number): Roles {
  const roles: Roles = { batch: [], left: [], right: [], inner };
  for (let axis = 0; axis < inner; axis++) {
    const inA = a.axes[axis] != null;
    const inB = b.axes[axis] != null;
    if (inA && inB) {
      roles.batch.push(axis);
    } else if (inA) {
      roles.left.push(axis);
    } else if (inB) {
      roles.right.push(axis);
    }
  }
  const position = (view: View) => (x: number, y: number) =>
    (view.axes[x] ?? 0) - (view.axes[y] ?? 0);
  roles.batch.sort(position(a));
  roles.left.sort(position(a));
  roles.right.sort(position(b));
  return roles;
}

function matrixProduct(graph: OnnxGraph, [a, b]: [View, View], roles: Roles): string {
  const left = matrix(graph, a, { batch: roles.batch, free: roles.left, inner: roles.inner });
  const right = matrix(graph, b, { batch: roles.batch, free: roles.right, inner: roles.inner });
  const rows = left.innerLast ? left.name : swapLast(graph, left);
  const columns = right.innerLast ? swapLast(graph, right) : right.name;
  return graph.op("MatMul", [rows, columns]);
}

/** An operand as `[batch?, free, inner]`, or `[batch?, inner, free]` where it lies that way in memory. */
function matrix(
  graph: OnnxGraph,
  view: View,
  axes: { batch: number[]; free: number[]; inner: number },
): { name: string; rank: number; innerLast: boolean } {
  const size = (list: number[]): number => product(list.map((axis) => dimension(view.shape, axis)));
  const lies = (order: number[]): boolean => {
    const sources = order.flatMap((axis) => view.axes[axis] ?? []);
    return sources.every((source, position) => source === position);
  };
  const { batch, free, inner } = axes;
  const innerFirst = [...batch, inner, ...free];
  const innerLast = !lies(innerFirst) || free.length === 0;
  const order = innerLast ? [...batch, ...free, inner] : innerFirst;
  const dims = innerLast ? [size(free), size([inner])] : [size([inner]), size(free)];
  const shape = batch.length === 0 ? dims : [size(batch), ...dims];
  const name = reshapeNode(graph, aligned(graph, view, order), shape);
  return { name, rank: shape.length, innerLast };
}

function swapLast(graph: OnnxGraph, operand: { name: string; rank: number }): string {
  return transposeNode(graph, operand.name, operand.rank === 2 ? [1, 0] : [0, 2, 1]);
}

/** Where every axis is in both operands there is no matrix, only a sum of products. */
function sumOfProducts(graph: OnnxGraph, operands: [View, View], roles: Roles): string {
  const [a, b] = operands;
  const sums = a.axes[roles.inner] != null || b.axes[roles.inner] != null;
  const order = sums ? [...roles.batch, roles.inner] : roles.batch;
  const products = graph.op("Mul", [aligned(graph, a, order), aligned(graph, b, order)]);
  return sums
    ? graph.op("ReduceSum", [products, graph.ints([roles.batch.length])], { keepdims: 0 })
    : products;
}
