import type { OnnxGraph } from "./onnx-graph.ts";
import { dimension, reshapeNode, transposeNode, type View, written } from "./view.ts";

/** Consecutive axes of the old and of the new shape that hold the same elements. */
type Group = { from: number[]; to: number[] };

/**
 * The value in another shape of the same size. Where the axes that are merged or split lie side by side
 * in the tensor, or are all constant, only the tensor's shape changes; else the tensor is transposed first,
 * and only constant axes that merge with others are written out.
 */
export function reshapeView(graph: OnnxGraph, view: View, shape: readonly number[]): View {
  const groups = matchAxes(view.shape, shape);
  if (groups.every((group) => isRegular(view, group))) {
    return regroup(graph, view, { groups, shape });
  }
  const ordered = inOrder(graph, view);
  const mixed = groups.filter((group) => !isRegular(ordered, group)).flatMap((group) => group.from);
  return regroup(graph, inOrder(graph, written(graph, ordered, mixed)), { groups, shape });
}

/** Replaces each group's run of tensor axes by its new axes; constant groups have none. */
function regroup(
  graph: OnnxGraph,
  view: View,
  to: { groups: Group[]; shape: readonly number[] },
): View {
  const runs = to.groups
    .map((group) => ({ group, first: firstSourceAxis(view, group) }))
    .filter((run) => run.first !== null)
    .sort((a, b) => (a.first ?? 0) - (b.first ?? 0));
  const axes: (number | null)[] = to.shape.map(() => null);
  const source: number[] = [];
  for (const { group } of runs) {
    for (const axis of group.to) {
      const dim = dimension(to.shape, axis);
      if (dim !== 1) {
        axes[axis] = source.length;
        source.push(dim);
      }
    }
  }
  const same = source.length === view.source.length && source.every((d, i) => d === view.source[i]);
  const name = same ? view.name : reshapeNode(graph, view.name, source);
  return { name, type: view.type, source, axes, shape: to.shape };
}

/** The value over a tensor that holds its axes in their order. */
function inOrder(graph: OnnxGraph, view: View): View {
  const permutation = view.axes.flatMap((source) => source ?? []);
  let next = 0;
  return {
    ...view,
    name: transposeNode(graph, view.name, permutation),
    source: permutation.map((source) => dimension(view.source, source)),
    axes: view.axes.map((source) => (source === null ? null : next++)),
  };
}

/** Splits both shapes into the smallest groups of axes with equal products. */
function matchAxes(from: readonly number[], to: readonly number[]): Group[] {
  const groups: Group[] = [];
  let i = 0;
  let k = 0;
  while (i < from.length || k < to.length) {
    const group: Group = { from: [], to: [] };
    let fromSize = 1;
    let toSize = 1;
    do {
      if (i < from.length && (fromSize <= toSize || k >= to.length)) {
        fromSize *= dimension(from, i);
        group.from.push(i++);
      } else {
        toSize *= dimension(to, k);
        group.to.push(k++);
      }
    } while (fromSize !== toSize);
    groups.push(group);
  }
  return groups;
}

/** Whether the group is constant throughout, or lies unbroken and in order in the tensor. */
function isRegular(view: View, group: Group): boolean {
  const real = group.from.filter((axis) => dimension(view.shape, axis) !== 1);
  const sources = real.map((axis) => view.axes[axis] ?? null);
  if (sources.every((axis) => axis === null)) {
    return true;
  }
  return sources.every(
    (axis, position) => axis !== null && axis === (sources[0] ?? Number.NaN) + position,
  );
}

function firstSourceAxis(view: View, group: Group): number | null {
  for (const axis of group.from) {
    const source = view.axes[axis];
    if (source != null) {
      return source;
    }
  }
  return null;
}
