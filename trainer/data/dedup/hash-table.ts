const SEGMENTS = 256;
/** 2 MB for an empty table: below some 200 000 hashes nothing has to grow. */
const LEAST_PLACES = 1024;
const FULLEST = 0.8;
const GROWTH = 1.25;

/**
 * A set of 64-bit hashes: 256 segments of open addressing with linear probing, each grown alone by a quarter at a load
 * of 0.8; 0 is a free place. Hashes are pairs of signed 32-bit words, because a BigInt, and a number
 * beyond 31 bits, costs an allocation. The segments
 * begin with different sizes, so they never grow all at once: 8 bytes a place are 11.2 bytes a hash, at any size beyond that.
 */
export class HashTable {
  private readonly parts: Int32Array<ArrayBuffer>[];
  private readonly counts = new Int32Array(SEGMENTS);
  private places = 0;
  private used = 0;

  /** Room for `expected` uniform hashes, with little growing. */
  constructor(expected = 0) {
    const each = Math.max(LEAST_PLACES, expected / SEGMENTS / FULLEST);
    this.parts = Array.from({ length: SEGMENTS }, (_, i) => {
      const places = Math.ceil(each * GROWTH ** (i / SEGMENTS));
      this.places += places;
      return new Int32Array(2 * places);
    });
  }

  /** Takes over what `segments()` gave, or any other array of hashes in which 0 is a free place. */
  static restore(words: Int32Array, used: number): HashTable {
    const table = new HashTable(used);
    for (let i = 0; i < words.length; i += 2) {
      const low = words[i] ?? 0;
      const high = words[i + 1] ?? 0;
      if (low !== 0 || high !== 0) {
        table.add(low, high);
      }
    }
    return table;
  }

  get size(): number {
    return this.used;
  }

  get bytes(): number {
    return 8 * this.places;
  }

  get capacity(): number {
    return this.places;
  }

  segments(): readonly Int32Array<ArrayBuffer>[] {
    return this.parts;
  }

  /**
   * Reads where each of the hashes would stand. The reads do not wait for one another, and a look that follows finds
   * its place in the processor's cache: in a large table the waiting is most of the work.
   */
  touch(words: Int32Array, length: number): number {
    let sum = 0;
    for (let i = 0; i < length; i += 2) {
      const high = words[i + 1] as number;
      const part = this.parts[high >>> 24] as Int32Array;
      sum ^= part[placeOf(part, words[i] as number, high)] as number;
    }
    return sum;
  }

  has(low: number, high: number): boolean {
    const part = this.parts[high >>> 24] as Int32Array;
    const at = find(part, low, high);
    return part[at] !== 0 || part[at + 1] !== 0;
  }

  /** The low word of the hash that equals this one but for its two lowest bits; 0 when there is none. */
  lowWordOf(low: number, high: number): number {
    const part = this.parts[high >>> 24] as Int32Array;
    const wanted = low >>> 2;
    for (let at = placeOf(part, low, high); ; at = at + 2 === part.length ? 0 : at + 2) {
      const there = part[at] as number;
      const above = part[at + 1] as number;
      if (there >>> 2 === wanted && above === high) {
        return there;
      }
      if (there === 0 && above === 0) {
        return 0;
      }
    }
  }

  /** False: it was there already. */
  add(low: number, high: number): boolean {
    const segment = high >>> 24;
    const part = this.parts[segment] as Int32Array;
    const at = find(part, low, high);
    if (part[at] !== 0 || part[at + 1] !== 0) {
      return false;
    }
    const count = (this.counts[segment] ?? 0) + 1;
    if (2 * count > FULLEST * part.length) {
      this.grow(segment);
      return this.add(low, high);
    }
    part[at] = low;
    part[at + 1] = high;
    this.counts[segment] = count;
    this.used += 1;
    return true;
  }

  private grow(segment: number): void {
    const old = this.parts[segment] as Int32Array;
    const places = Math.ceil((old.length / 2) * GROWTH);
    const part = new Int32Array(2 * places);
    for (let i = 0; i < old.length; i += 2) {
      const low = old[i] as number;
      const high = old[i + 1] as number;
      if (low !== 0 || high !== 0) {
        let at = placeOf(part, low, high);
        while (part[at] !== 0 || part[at + 1] !== 0) {
          at = at + 2 === part.length ? 0 : at + 2;
        }
        part[at] = low;
        part[at + 1] = high;
      }
    }
    this.parts[segment] = part;
    this.places += places - old.length / 2;
  }
}

/** Where the search for a hash begins. Its two lowest bits do not count: see `lowWordOf`. */
function placeOf(part: Int32Array, low: number, high: number): number {
  const mixed = Math.imul((low >>> 2) ^ (high << 8), 0x9e3779b1) >>> 0;
  return 2 * Math.floor((mixed * (part.length / 2)) / 0x1_0000_0000);
}

/** Where a hash stands, or the free place where it belongs (an index of its low word). */
function find(part: Int32Array, low: number, high: number): number {
  let at = placeOf(part, low, high);
  for (;;) {
    const there = part[at] as number;
    const above = part[at + 1] as number;
    if ((there === low && above === high) || (there === 0 && above === 0)) {
      return at;
    }
    at = at + 2 === part.length ? 0 : at + 2;
  }
}
