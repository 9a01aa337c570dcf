/**
 * Bucket of a relative distance (key index − query index), as in CPM-Ant (after T5): half of the buckets
 * for keys at or before the query, half for keys after it; in each half the first half is exact and the
 * rest grows logarithmically up to `maxDistance`. The logarithm is taken in float32, as the published
 * code does, which decides the bucket at the edges.
 */
export function positionBucket(distance: number, buckets: number, maxDistance: number): number {
  const half = buckets / 2;
  const base = distance > 0 ? half : 0;
  const magnitude = Math.abs(distance);
  const exact = half / 2;
  if (magnitude < exact) {
    return base + magnitude;
  }
  const f32 = Math.fround;
  const ratio = f32(
    f32(Math.log(f32(magnitude / exact))) / f32(Math.log(f32(maxDistance / exact))),
  );
  const logarithmic = exact + Math.trunc(f32(ratio * (half - exact)));
  return base + Math.min(half - 1, logarithmic);
}

/** `[length * length]` row-major: the bucket for query i and key j at `i * length + j`. */
export function positionBucketTable(
  length: number,
  buckets: number,
  maxDistance: number,
): Int32Array<ArrayBuffer> {
  const table = new Int32Array(length * length);
  for (let query = 0; query < length; query++) {
    for (let key = 0; key < length; key++) {
      table[query * length + key] = positionBucket(key - query, buckets, maxDistance);
    }
  }
  return table;
}
