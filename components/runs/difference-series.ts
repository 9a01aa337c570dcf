import {
  at,
  type ChartSeries,
  lengthOf,
  type RawData,
  toBuckets,
} from "#components/charts/series.ts";

/**
 * What `one` has over `base`, at the places of `one`, where both run: the means of its entries less the base's, which is
 * interpolated between its two nearest entries.
 */
export function differenceSeries(one: ChartSeries, base: ChartSeries): ChartSeries {
  const own = toBuckets(one.data);
  const other = toBuckets(base.data);
  const data: { [Name in Exclude<keyof RawData, "kind">]: number[] } = {
    steps: [],
    times: [],
    x: [],
    values: [],
  };
  let place = 0;
  for (let index = 0; index < lengthOf(own); index += 1) {
    const x = at(own.x, index);
    while (place + 1 < lengthOf(other) && at(other.x, place + 1) <= x) {
      place += 1;
    }
    const between = meanAt({ x: other.x, mean: other.mean }, place, x);
    if (!Number.isNaN(between)) {
      data.steps.push(at(own.steps, index));
      data.times.push(at(own.times, index));
      data.x.push(x);
      data.values.push(at(own.mean, index) - between);
    }
  }
  return { ...one, data: { kind: "raw", ...data } };
}

type Columns = { x: readonly number[]; mean: readonly number[] };

/** NaN before the first and after the last place of the base. */
function meanAt({ x, mean }: Columns, place: number, wanted: number): number {
  const [from, to] = [at(x, place), at(x, place + 1)];
  if (wanted === from) {
    return at(mean, place);
  }
  if (!(wanted > from && wanted <= to)) {
    return Number.NaN;
  }
  const share = (wanted - from) / (to - from);
  return at(mean, place) + share * (at(mean, place + 1) - at(mean, place));
}
