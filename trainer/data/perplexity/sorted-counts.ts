/** Numbers by key, kept as two sorted arrays: 12 bytes an entry, found by halving. */
export class SortedCounts {
  readonly keys: Float64Array;
  readonly values: Float32Array;

  constructor(entries: Map<number, number>) {
    this.keys = Float64Array.from(entries.keys()).sort();
    this.values = Float32Array.from(this.keys, (key) => entries.get(key) ?? 0);
  }

  get(key: number): number {
    const { keys } = this;
    let low = 0;
    let high = keys.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const there = keys[middle] ?? 0;
      if (there === key) {
        return this.values[middle] ?? 0;
      }
      if (there < key) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return 0;
  }
}
