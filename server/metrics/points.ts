/** Points of one series: three columns of the same length. Sorted points rise by step, and no step stands twice. */
export type Points = { steps: Float64Array; times: Float64Array; values: Float64Array };

export function newPoints(length: number): Points {
  return {
    steps: new Float64Array(length),
    times: new Float64Array(length),
    values: new Float64Array(length),
  };
}

/** Points `from` … `to`−1, as views of the same memory. */
export function slicePoints(points: Points, from: number, to: number): Points {
  return {
    steps: points.steps.subarray(from, to),
    times: points.times.subarray(from, to),
    values: points.values.subarray(from, to),
  };
}

export function copyPoints(source: Points, target: Points, at: number): void {
  target.steps.set(source.steps, at);
  target.times.set(source.times, at);
  target.values.set(source.values, at);
}

/** The parts end to end; a single part that is not empty is answered as it is. */
export function joinPoints(list: Points[]): Points {
  const parts = list.filter((part) => part.steps.length > 0);
  const [only] = parts;
  if (only !== undefined && parts.length === 1) {
    return only;
  }
  const all = newPoints(parts.reduce((sum, part) => sum + part.steps.length, 0));
  let at = 0;
  for (const part of parts) {
    copyPoints(part, all, at);
    at += part.steps.length;
  }
  return all;
}

function pick(points: Points, order: ArrayLike<number>, length: number): Points {
  const picked = newPoints(length);
  for (let index = 0; index < length; index++) {
    const from = order[index] as number;
    picked.steps[index] = points.steps[from] as number;
    picked.times[index] = points.times[from] as number;
    picked.values[index] = points.values[from] as number;
  }
  return picked;
}

function risesStrictly(steps: Float64Array): boolean {
  for (let index = 1; index < steps.length; index++) {
    if (!((steps[index] as number) > (steps[index - 1] as number))) {
      return false;
    }
  }
  return true;
}

/** Sorts by step; of several points at one step the last one given stays. Sorted points are answered as they are. */
export function sortPoints(points: Points): Points {
  const { steps } = points;
  if (risesStrictly(steps)) {
    return points;
  }
  const order = Uint32Array.from(steps, (_, index) => index);
  order.sort((a, b) => (steps[a] as number) - (steps[b] as number) || a - b);
  let kept = 0;
  for (let index = 0; index < order.length; index++) {
    const next = order[index + 1];
    if (next === undefined || steps[next] !== steps[order[index] as number]) {
      order[kept++] = order[index] as number;
    }
  }
  return pick(points, order, kept);
}

/** Merges two sorted sets; where both have a step, `newer` wins. */
export function mergePoints(older: Points, newer: Points): Points {
  const lastOlder = older.steps.at(-1);
  const firstNewer = newer.steps[0];
  if (lastOlder === undefined) {
    return newer;
  }
  if (firstNewer === undefined) {
    return older;
  }
  const joined = joinPoints([older, newer]);
  return lastOlder < firstNewer ? joined : mergeHalves(joined, older.steps.length);
}

/** `joined` holds two sorted halves, the second beginning at `middle`. */
function mergeHalves(joined: Points, middle: number): Points {
  const { steps } = joined;
  const order = new Uint32Array(steps.length);
  let kept = 0;
  let old = 0;
  let fresh = middle;
  while (old < middle || fresh < steps.length) {
    const oldStep = old < middle ? (steps[old] as number) : Infinity;
    const freshStep = fresh < steps.length ? (steps[fresh] as number) : Infinity;
    if (freshStep <= oldStep) {
      order[kept++] = fresh++;
      old += freshStep === oldStep ? 1 : 0;
    } else {
      order[kept++] = old++;
    }
  }
  return pick(joined, order, kept);
}

/** The first index of the rising `column` whose entry is at least `bound` (or, with `above`, larger). */
export function firstIndexOf(column: Float64Array, bound: number, above: boolean): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = column[middle] as number;
    if (above ? value > bound : value >= bound) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
