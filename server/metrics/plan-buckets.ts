// Which stored pieces answer a window with at most so many buckets. Buckets are stretches of equally many points,
// aligned to the series' beginning, so that neighbouring windows and later points share them. Their width is a multiple
// of a pyramid level's node, hence the middle of a window is whole nodes of one level; towards its two edges the plan
// goes down level by level and at last cuts through a chunk, so that no point outside the window is counted.
import { CHUNK_POINTS } from "./chunk-codec.ts";
import { BASE_POINTS, FAN_OUT, nodePoints, topLevel } from "./pyramid-node.ts";

/** Sealed points `from` … `to`−1 out of chunks, or nodes `first` … `end`−1 of a level. */
export type Piece =
  | { kind: "points"; from: number; to: number }
  | { kind: "nodes"; level: number; first: number; end: number };

export type Span = { from: number; to: number };

export type BucketPlan = {
  span: Span;
  /** Points to a bucket: bucket number b holds points b·width … (b+1)·width−1 of the series. */
  width: number;
  /** Together the sealed points of the span, in order; none crosses a bucket's border. */
  pieces: Piece[];
};

export type PlanInput = {
  span: Span;
  buckets: number;
  cut: number;
  sealedCount: number;
  /** Keeps to nodes, at the price of fewer buckets: for questions that would unpack too many points. */
  coarse?: boolean;
};

/** Fewer than this cannot be kept with aligned buckets: a short window may lie across a border. They are joined later. */
const FEWEST = 4;

/** Plans a span of a series whose first `cut` points are sealed; `sealedCount` of them the pyramid knows (≥ `cut`). */
export function planBuckets(input: PlanInput): BucketPlan {
  const { span, cut, sealedCount } = input;
  const { width, level } = chooseWidth(input);
  const sealed = { from: span.from, to: Math.min(span.to, cut) };
  const pieces = level === null ? cutAtChunks(sealed) : coverWithNodes(sealed, level, sealedCount);
  return { span, width, pieces };
}

/** How many aligned stretches of `width` points a span touches. */
export function bucketCount({ from, to }: Span, width: number): number {
  return Math.floor((to - 1) / width) - Math.floor(from / width) + 1;
}

/** A width that keeps to the budget and uses at least half of it, and the level of its nodes; null for single points. */
function chooseWidth(input: PlanInput): { width: number; level: number | null } {
  const { span, cut } = input;
  const buckets = Math.max(input.buckets, FEWEST);
  const least = input.coarse === true ? BASE_POINTS : 1;
  const start = Math.max(least, Math.ceil((span.to - span.from) / buckets));
  if (cut < BASE_POINTS || start <= BASE_POINTS / 2) {
    const unit = Math.ceil(start / BASE_POINTS);
    return { width: widen(span, buckets, { unit, width: start }), level: null };
  }
  let level = 0;
  // One or two nodes to a bucket: rather up to half as many buckets than three or four times as many nodes to fetch.
  while (level < topLevel(cut) && nodePoints(level + 1) < 2 * start) {
    level += 1;
  }
  return { width: widen(span, buckets, { unit: nodePoints(level), width: start }), level };
}

/** Ends, because a span of n points touches no more than (n−2)/width + 2 stretches and the budget is 4 or more. */
function widen(span: Span, buckets: number, from: { unit: number; width: number }): number {
  let width = Math.ceil(from.width / from.unit) * from.unit;
  while (bucketCount(span, width) > buckets) {
    width += from.unit;
  }
  return width;
}

function cutAtChunks({ from, to }: Span): Piece[] {
  const pieces: Piece[] = [];
  for (let at = from; at < to; ) {
    const end = Math.min(to, (Math.floor(at / CHUNK_POINTS) + 1) * CHUNK_POINTS);
    pieces.push({ kind: "points", from: at, to: end });
    at = end;
  }
  return pieces;
}

/** Covers a span with nodes up to `top`, the largest that fit, and single points where not even the smallest does. */
function coverWithNodes(span: Span, top: number, sealedCount: number): Piece[] {
  const pieces: Piece[] = [];
  for (let at = span.from; at < span.to; ) {
    const level = largestFitting(at, { span, top, sealedCount });
    if (level === null) {
      const end = Math.min(span.to, (Math.floor(at / BASE_POINTS) + 1) * BASE_POINTS);
      pieces.push({ kind: "points", from: at, to: end });
      at = end;
    } else {
      const size = nodePoints(level);
      const first = at / size;
      // The series' last node is shorter than its level's others; it fits when the span reaches the end.
      const whole = Math.floor(span.to / size);
      const end = span.to === sealedCount ? Math.ceil(span.to / size) : whole;
      const last = level === top ? end : Math.min(end, first + FAN_OUT - (first % FAN_OUT));
      pieces.push({ kind: "nodes", level, first, end: last });
      at = Math.min(last * size, span.to);
    }
  }
  return pieces;
}

function largestFitting(
  at: number,
  { span, top, sealedCount }: { span: Span; top: number; sealedCount: number },
): number | null {
  for (let level = top; level >= 0; level--) {
    const size = nodePoints(level);
    if (at % size === 0 && Math.min(at + size, sealedCount) <= span.to) {
      return level;
    }
  }
  return null;
}
