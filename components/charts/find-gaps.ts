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
  const distances = Array.from(
    { length: length - 1 },
    (_, i) => at(cells.x, i + 1) - at(cells.lastX, i),
  );
  const inside = cells.x.map((x, i) => {
    const steps = at(cells.count, i) - 1;
    return steps > 0 ? (at(cells.lastX, i) - x) / steps : Number.NaN;
  });
  const usual = median([...distances, ...inside].filter((distance) => distance > 0));
  for (let i = 0; i < distances.length; i += 1) {
    const around = [distances[i - 1], distances[i + 1]].filter(
      (distance) => distance !== undefined,
    );
    if (at(distances, i) > GAP_FACTOR * Math.max(usual, ...around)) {
      gaps.push({ from: at(cells.lastX, i), to: at(cells.x, i + 1) });
      restarts[i + 1] = true;
    }
  }
  gaps.push(...innerGaps(cells));
  return { gaps: gaps.sort((a, b) => a.from - b.from), restarts };
}

/**
 * Steps that are missing inside a bucket. It tells how many points lie between its first and last step, so what is
 * missing is known, only not where: it is shown in the middle, at its true width, until a zoom shows its place. Judged
 * by steps, for times waver even where nothing is missing.
 */
function innerGaps(cells: BucketData): ChartWindow[] {
  const strides = cells.steps.map((step, i) => {
    const between = at(cells.count, i) - 1;
    return between > 0 ? (at(cells.lastSteps, i) - step) / between : Number.NaN;
  });
  const usual = median(strides.filter((stride) => stride > 0));
  if (!Number.isFinite(usual)) {
    return [];
  }
  return strides.flatMap((stride, i) => {
    const known = [usual, strides[i - 1], strides[i + 1]].filter((one) => Number.isFinite(one));
    const expected = Math.max(...known.filter((one) => one !== undefined));
    const length = at(cells.lastSteps, i) - at(cells.steps, i);
    const missing = length - (at(cells.count, i) - 1) * expected;
    if (!(missing > GAP_FACTOR * expected && stride > expected)) {
      return [];
    }
    const width = (missing / length) * (at(cells.lastX, i) - at(cells.x, i));
    const middle = (at(cells.x, i) + at(cells.lastX, i)) / 2;
    return [{ from: middle - width / 2, to: middle + width / 2 }];
  });
}

/** The middle value; positive infinity of nothing, so that nothing is far above it. */
export function median(values: readonly number[]): number {
  // A typed array sorts as numbers by itself, many times faster than with a function that compares.
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY;
}
