const FIRST = 0x85ebca6b;
const SECOND = 0xc2b2ae35;
const THIRD = 0x27d4eb2f;

/** A 64-bit hash as two signed words: BigInts and numbers beyond 31 bits cost an allocation each. */
export type Hash = { low: number; high: number };

/** Where every hash begins. */
export const HASH_SEED: Readonly<Hash> = { low: 0x243f6a88, high: 0x0d08d313 };

/**
 * Two lanes of 32 bits over pairs of units; each step is a permutation of both lanes, and the second takes in the
 * first, so the lanes do not fail together. The end spreads every bit over both words. Writes two words at `at`.
 */
export function hashUnits(
  units: Uint16Array,
  length: number,
  { into, at, seed }: { into: Int32Array; at: number; seed: Hash },
): void {
  let a = seed.low ^ length;
  let b = seed.high;
  const even = length & ~1;
  for (let i = 0; i < even; i += 2) {
    const pair = (units[i] as number) | ((units[i + 1] as number) << 16);
    a = Math.imul(a ^ pair, FIRST);
    a = (a << 15) | (a >>> 17);
    b = Math.imul(b ^ pair, SECOND);
    b = (((b << 13) | (b >>> 19)) + a) | 0;
  }
  if (even !== length) {
    const last = units[even] as number;
    a = Math.imul(a ^ last, FIRST);
    a = (a << 15) | (a >>> 17);
    b = (Math.imul(b ^ last, SECOND) + a) | 0;
  }
  a = spread(a ^ Math.imul(b, THIRD));
  b = spread((b + a) | 0);
  into[at] = (a + b) | 0;
  into[at + 1] = b;
}

/** The finish of MurmurHash3: each bit of the word decides about every other with about even chance. */
function spread(word: number): number {
  let x = word ^ (word >>> 16);
  x = Math.imul(x, FIRST);
  x ^= x >>> 13;
  x = Math.imul(x, SECOND);
  return x ^ (x >>> 16);
}
