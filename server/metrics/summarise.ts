import { CHUNK_POINTS } from "./chunk-codec.ts";
import type { BucketSeries, RawSeries } from "./contract.ts";
import { type BucketPlan, bucketCount, type Piece, type Span } from "./plan-buckets.ts";
import { joinPoints, type Points, slicePoints } from "./points.ts";
import { addNode, addPoints, NODE, NODE_WIDTH, nodePoints } from "./pyramid-node.ts";
import { chunksOf, type SealedReader } from "./sealed-reader.ts";
import type { SeriesView } from "./series-view.ts";
import { toWireColumn } from "./wire-number.ts";

/** Points of a span, from chunks that are loaded and from memory. */
export function pointsOf(reader: SealedReader, view: SeriesView, { from, to }: Span): Points {
  const parts = chunksOf(view.id, from, Math.min(to, view.cut)).map((name) => {
    const start = name.index * CHUNK_POINTS;
    return slicePoints(
      reader.chunk(name),
      Math.max(0, from - start),
      Math.min(to, view.cut) - start,
    );
  });
  parts.push(slicePoints(view.rest, Math.max(0, from - view.cut), Math.max(0, to - view.cut)));
  return joinPoints(parts);
}

/** Adds up a plan's pieces, `nodes` being those of its node pieces in order. Answers one node per bucket. */
export function sumBuckets(
  reader: SealedReader,
  view: SeriesView,
  { plan, nodes }: { plan: BucketPlan; nodes: Float64Array[] },
): Float64Array {
  const { span, width } = plan;
  const sums = new Float64Array(bucketCount(span, width) * NODE_WIDTH);
  const firstBucket = Math.floor(span.from / width);
  const placeOf = (point: number) => (Math.floor(point / width) - firstBucket) * NODE_WIDTH;
  let next = 0;
  const unsealed: Piece = { kind: "points", from: Math.max(span.from, view.cut), to: span.to };
  for (const piece of [...plan.pieces, unsealed]) {
    if (piece.kind === "nodes") {
      const list = nodes[next++] as Float64Array;
      for (let index = piece.first; index < piece.end; index++) {
        const at = (index - piece.first) * NODE_WIDTH;
        addNode(sums, placeOf(index * nodePoints(piece.level)), list.subarray(at, at + NODE_WIDTH));
      }
      continue;
    }
    const points = pointsOf(reader, view, piece);
    for (let at = piece.from; at < piece.to; ) {
      const end = Math.min(piece.to, (Math.floor(at / width) + 1) * width);
      addPoints(sums, placeOf(at), slicePoints(points, at - piece.from, end - piece.from));
      at = end;
    }
  }
  return sums;
}

/** Joins neighbouring buckets until there are no more than `most`. */
export function joinBuckets(sums: Float64Array, most: number): Float64Array {
  const count = sums.length / NODE_WIDTH;
  if (count <= most) {
    return sums;
  }
  const each = Math.ceil(count / most);
  const joined = new Float64Array(Math.ceil(count / each) * NODE_WIDTH);
  for (let index = 0; index < count; index++) {
    const at = index * NODE_WIDTH;
    addNode(joined, Math.floor(index / each) * NODE_WIDTH, sums.subarray(at, at + NODE_WIDTH));
  }
  return joined;
}

/** Where a point lies on the asked axis. */
export type Place = (step: number, time: number) => number;

export function rawSeries(points: Points, attempt: number, place: Place): RawSeries {
  const steps = Array.from(points.steps);
  const times = Array.from(points.times);
  return {
    kind: "raw",
    attempt,
    steps,
    times,
    x: steps.map((step, index) => place(step, times[index] as number)),
    values: toWireColumn(points.values),
  };
}

export function bucketSeries(sums: Float64Array, attempt: number, place: Place): BucketSeries {
  const column = (field: number) => {
    const values = new Array<number>(sums.length / NODE_WIDTH);
    for (let index = 0; index < values.length; index++) {
      values[index] = sums[index * NODE_WIDTH + field] as number;
    }
    return values;
  };
  const [steps, times] = [column(NODE.firstStep), column(NODE.firstTime)];
  const [lastSteps, lastTimes] = [column(NODE.lastStep), column(NODE.lastTime)];
  const [count, nonFinite] = [column(NODE.count), column(NODE.nonFinite)];
  // 0 / 0 is NaN: a bucket without a finite value has no mean.
  const mean = column(NODE.sum).map(
    (sum, index) => sum / ((count[index] as number) - (nonFinite[index] as number)),
  );
  return {
    kind: "buckets",
    attempt,
    steps,
    lastSteps,
    times,
    lastTimes,
    x: steps.map((step, index) => place(step, times[index] as number)),
    lastX: lastSteps.map((step, index) => place(step, lastTimes[index] as number)),
    min: toWireColumn(column(NODE.min)),
    max: toWireColumn(column(NODE.max)),
    first: toWireColumn(column(NODE.first)),
    last: toWireColumn(column(NODE.last)),
    mean: toWireColumn(mean),
    count,
    nonFinite,
  };
}
