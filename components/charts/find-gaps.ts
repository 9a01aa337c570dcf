import { at, type BucketData, type ChartWindow } from "./series.ts";

/** A distance is a gap when it is this many times the usual one. */
const GAP_FACTOR = 5;
/** With fewer distances than this nobody can say what is usual. */
const MIN_DISTANCES = 6;

/**
 * Stretches in which points are missing: a distance far above both the usual one and its two neighbours.
 * Looking at the neighbours keeps a series that simply becomes sparser (fewer evaluations later in a run)
 * from being taken for one long row of gaps. `restarts[i]` is true where entry i follows a gap.
 */
export function findGaps(cells: BucketData): { gaps: ChartWindow[]; restarts: boolean[] } {
  const length = cells.x.length;
  const restarts = new Array<boolean>(length).fill(false);
  const gaps: ChartWindow[] = [];
  if (length - 1 < MIN_DISTANCES) {
    return { gaps, restarts };
  }
  const distances = new Float64Array(length - 1);
  for (let i = 0; i < distances.length; i += 1) {
    distances[i] = at(cells.x, i + 1) - at(cells.lastX, i);
  }
  const usual = medianOfPositive([distances, strides(cells, cells.x, cells.lastX)]);
  for (let i = 0; i < distances.length; i += 1) {
    const around = largest(usual, distances[i - 1], distances[i + 1]);
    if (at(distances, i) > GAP_FACTOR * around) {
      gaps.push({ from: at(cells.lastX, i), to: at(cells.x, i + 1) });
      restarts[i + 1] = true;
    }
  }
  addInnerGaps(cells, gaps);
  return { gaps: gaps.sort((a, b) => a.from - b.from), restarts };
}

/**
 * Steps that are missing inside a bucket. It tells how many points lie between its first and last step, so what is
 * missing is known, only not where: it is shown in the middle, at its true width, until a zoom shows its place. Judged
 * by steps, for times waver even where nothing is missing.
 */
function addInnerGaps(cells: BucketData, gaps: ChartWindow[]): void {
  const wide = strides(cells, cells.steps, cells.lastSteps);
  const usual = medianOfPositive([wide]);
  if (!Number.isFinite(usual)) {
    return;
  }
  for (let i = 0; i < wide.length; i += 1) {
    const expected = largest(usual, wide[i - 1], wide[i + 1]);
    const length = at(cells.lastSteps, i) - at(cells.steps, i);
    const missing = length - (at(cells.count, i) - 1) * expected;
    if (missing > GAP_FACTOR * expected && at(wide, i) > expected) {
      const width = (missing / length) * (at(cells.lastX, i) - at(cells.x, i));
      const middle = (at(cells.x, i) + at(cells.lastX, i)) / 2;
      gaps.push({ from: middle - width / 2, to: middle + width / 2 });
    }
  }
}

/** From point to point inside each bucket, on average; NaN where it holds a single one. */
function strides(
  { count }: BucketData,
  first: ArrayLike<number>,
  last: ArrayLike<number>,
): Float64Array {
  const found = new Float64Array(first.length).fill(Number.NaN);
  for (let i = 0; i < found.length; i += 1) {
    const between = at(count, i) - 1;
    if (between > 0) {
      found[i] = (at(last, i) - at(first, i)) / between;
    }
  }
  return found;
}

/** The largest of a number and its neighbours, as far as there are such. */
function largest(usual: number, before: number | undefined, after: number | undefined): number {
  let most = usual;
  if (before !== undefined && before > most) {
    most = before;
  }
  return after !== undefined && after > most ? after : most;
}

/** The middle of the values above 0; positive infinity of none, so that nothing is far above it. */
function medianOfPositive(lists: readonly Float64Array[]): number {
  // Called for each panel at each message: one typed array, which sorts as numbers by itself.
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let length = 0;
  for (const list of lists) {
    for (const value of list) {
      if (value > 0) {
        all[length] = value;
        length += 1;
      }
    }
  }
  return middleOf(all.subarray(0, length));
}

/** The middle value; positive infinity of nothing, so that nothing is far above it. */
export function median(values: readonly number[]): number {
  return middleOf(Float64Array.from(values));
}

/** Sorts in place. */
function middleOf(values: Float64Array): number {
  return values.sort()[Math.floor(values.length / 2)] ?? Number.POSITIVE_INFINITY;
}
