const SEGMENTS = 256;
const LEAST_PLACES = 16;
const FULLEST = 0.8;
const GROWTH = 1.125;

/**
 * A set of 64-bit hashes: 256 segments of open addressing with linear probing, each grown alone by an eighth at a load
 * of 0.8; 0 is a free place. Hashes are pairs of 32-bit words, because every BigInt costs an allocation. Memory: 8 bytes
 * a place, so 10 to 11.3 bytes a hash once the segments are past their least size; growing copies one segment only.
 */
export class HashTable {
  private readonly parts: Uint32Array<ArrayBuffer>[];
  private readonly counts = new Uint32Array(SEGMENTS);
  private places = SEGMENTS * LEAST_PLACES;
  private used = 0;

  /** Room for `expected` uniform hashes, with little growing. */
  constructor(expected = 0) {
    const each = Math.max(LEAST_PLACES, Math.ceil(expected / SEGMENTS / 0.75));
    this.parts = Array.from({ length: SEGMENTS }, () => new Uint32Array(2 * each));
    this.places = SEGMENTS * each;
  }

  /** Takes over what `segments()` gave, or any other array of hashes in which 0 is a free place. */
  static restore(words: Uint32Array, used: number): HashTable {
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

  segments(): readonly Uint32Array<ArrayBuffer>[] {
    return this.parts;
  }

  has(low: number, high: number): boolean {
    const part = this.parts[high >>> 24] as Uint32Array;
    const at = find(part, low, high);
    return part[at] !== 0 || part[at + 1] !== 0;
  }

  /** False: it was there already. */
  add(low: number, high: number): boolean {
    const segment = high >>> 24;
    const part = this.parts[segment] as Uint32Array;
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
    const old = this.parts[segment] as Uint32Array;
    const places = Math.ceil((old.length / 2) * GROWTH);
    const part = new Uint32Array(2 * places);
    for (let i = 0; i < old.length; i += 2) {
      const low = old[i] ?? 0;
      const high = old[i + 1] ?? 0;
      if (low !== 0 || high !== 0) {
        const at = find(part, low, high);
        part[at] = low;
        part[at + 1] = high;
      }
    }
    this.parts[segment] = part;
    this.places += places - old.length / 2;
  }
}

/** Where a hash stands, or the free place where it belongs (an index of its low word). */
function find(part: Uint32Array, low: number, high: number): number {
  const mixed = Math.imul(low ^ (high << 8), 0x9e3779b1) >>> 0;
  let at = 2 * Math.floor((mixed * (part.length / 2)) / 0x1_0000_0000);
  for (;;) {
    const there = part[at];
    const above = part[at + 1];
    if ((there === low && above === high) || (there === 0 && above === 0)) {
      return at;
    }
    at = at + 2 === part.length ? 0 : at + 2;
  }
}
