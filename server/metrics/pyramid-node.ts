// A pyramid node sums up consecutive points of a series in eleven doubles. Nodes lie one after the other in a
// Float64Array, in memory as in the database, so that thousands of them are read without making objects.
import type { Points } from "./points.ts";

/** Doubles in a node, and the place of each. `sum`, `min` and `max` are over finite values; min and max NaN without any. */
export const NODE = {
  firstStep: 0,
  lastStep: 1,
  firstTime: 2,
  lastTime: 3,
  min: 4,
  max: 5,
  first: 6,
  last: 7,
  sum: 8,
  count: 9,
  nonFinite: 10,
} as const;
export const NODE_WIDTH = 11;
export const NODE_BYTES = NODE_WIDTH * 8;

export const BASE_POINTS = 64;
export const FAN_OUT = 4;
export const NODES_PER_PAGE = 128;
/** The level whose node is one chunk: 64·4² = 1 024. */
export const CHUNK_LEVEL = 2;

/** How many points a whole node of `level` covers. */
export function nodePoints(level: number): number {
  return BASE_POINTS * FAN_OUT ** level;
}

/** The highest level that is kept for a series of `count` points: the last one with a whole node, at least 0. */
export function topLevel(count: number): number {
  let level = 0;
  while (nodePoints(level + 1) <= count) {
    level += 1;
  }
  return level;
}

function startNode(nodes: Float64Array, at: number): void {
  nodes.fill(0, at, at + NODE_WIDTH);
  nodes[at + NODE.min] = Number.NaN;
  nodes[at + NODE.max] = Number.NaN;
}

/** Adds points `from` … `to`−1 behind those already in the node at `at`; a node with count 0 is begun anew. */
export function addPoints(nodes: Float64Array, at: number, points: Points): void {
  const { steps, times, values } = points;
  const length = steps.length;
  if (length === 0) {
    return;
  }
  if (nodes[at + NODE.count] === 0) {
    startNode(nodes, at);
    nodes[at + NODE.firstStep] = steps[0] as number;
    nodes[at + NODE.firstTime] = times[0] as number;
    nodes[at + NODE.first] = values[0] as number;
  }
  let min = nodes[at + NODE.min] as number;
  let max = nodes[at + NODE.max] as number;
  let sum = nodes[at + NODE.sum] as number;
  let nonFinite = 0;
  for (let index = 0; index < length; index++) {
    const value = values[index] as number;
    if (Number.isFinite(value)) {
      sum += value;
      min = least(min, value);
      max = greatest(max, value);
    } else {
      nonFinite += 1;
    }
  }
  nodes[at + NODE.min] = min;
  nodes[at + NODE.max] = max;
  nodes[at + NODE.sum] = sum;
  nodes[at + NODE.lastStep] = steps[length - 1] as number;
  nodes[at + NODE.lastTime] = times[length - 1] as number;
  nodes[at + NODE.last] = values[length - 1] as number;
  nodes[at + NODE.count] = (nodes[at + NODE.count] as number) + length;
  nodes[at + NODE.nonFinite] = (nodes[at + NODE.nonFinite] as number) + nonFinite;
}

/** Adds `node` behind what is in the node at `at`; a node with count 0 becomes its copy. */
export function addNode(nodes: Float64Array, at: number, node: Float64Array): void {
  if (nodes[at + NODE.count] === 0) {
    nodes.set(node, at);
    return;
  }
  const min = node[NODE.min] as number;
  const max = node[NODE.max] as number;
  if (!Number.isNaN(min)) {
    nodes[at + NODE.min] = least(nodes[at + NODE.min] as number, min);
    nodes[at + NODE.max] = greatest(nodes[at + NODE.max] as number, max);
  }
  nodes[at + NODE.lastStep] = node[NODE.lastStep] as number;
  nodes[at + NODE.lastTime] = node[NODE.lastTime] as number;
  nodes[at + NODE.last] = node[NODE.last] as number;
  nodes[at + NODE.sum] = (nodes[at + NODE.sum] as number) + (node[NODE.sum] as number);
  nodes[at + NODE.count] = (nodes[at + NODE.count] as number) + (node[NODE.count] as number);
  nodes[at + NODE.nonFinite] =
    (nodes[at + NODE.nonFinite] as number) + (node[NODE.nonFinite] as number);
}

/** `before` where it is smaller; a comparison with NaN is false, so the NaN of an empty node gives way. */
function least(before: number, value: number): number {
  return before <= value ? before : value;
}

function greatest(before: number, value: number): number {
  return before >= value ? before : value;
}
