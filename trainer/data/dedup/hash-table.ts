const LEAST_CAPACITY = 1024;

/**
 * A set of 64-bit hashes: open addressing with linear probing in one BigUint64Array, doubled at a load of 0.7, 0 for
 * a free place. It is read and written as pairs of 32-bit words, because every BigInt costs an allocation.
 * Memory: 8 bytes a place, so 11.4 bytes a hash when full and twice that just after doubling.
 */
export class HashTable {
  private words: Uint32Array;
  private mask: number;
  private used = 0;

  /** Room for `expected` hashes without growing. */
  constructor(expected = 0) {
    const capacity = Math.max(LEAST_CAPACITY, 2 ** Math.ceil(Math.log2((expected + 1) / 0.7)));
    this.words = wordsOf(new BigUint64Array(capacity));
    this.mask = capacity - 1;
  }

  /** Takes over places written by `places()`. */
  static restore(places: BigUint64Array<ArrayBuffer>, used: number): HashTable {
    const table = new HashTable();
    table.words = wordsOf(places);
    table.mask = places.length - 1;
    table.used = used;
    return table;
  }

  get size(): number {
    return this.used;
  }

  get bytes(): number {
    return this.words.byteLength;
  }

  get capacity(): number {
    return this.mask + 1;
  }

  places(): BigUint64Array {
    return new BigUint64Array(this.words.buffer as ArrayBuffer);
  }

  has(low: number, high: number): boolean {
    const place = 2 * this.find(low, high);
    return this.words[place] !== 0 || this.words[place + 1] !== 0;
  }

  /** False: it was there already. */
  add(low: number, high: number): boolean {
    const place = 2 * this.find(low, high);
    if (this.words[place] !== 0 || this.words[place + 1] !== 0) {
      return false;
    }
    if (10 * (this.used + 1) > 7 * this.capacity) {
      this.double();
      return this.add(low, high);
    }
    this.words[place] = low;
    this.words[place + 1] = high;
    this.used += 1;
    return true;
  }

  /** The place of a hash, or the free one where it belongs. The hashes are uniform: their low bits are the address. */
  private find(low: number, high: number): number {
    let place = (low ^ (high >>> 7)) & this.mask;
    for (;;) {
      const there = this.words[2 * place] ?? 0;
      const above = this.words[2 * place + 1] ?? 0;
      if ((there === low && above === high) || (there === 0 && above === 0)) {
        return place;
      }
      place = (place + 1) & this.mask;
    }
  }

  private double(): void {
    const old = this.words;
    const capacity = 2 * this.capacity;
    this.words = wordsOf(new BigUint64Array(capacity));
    this.mask = capacity - 1;
    for (let i = 0; i < old.length; i += 2) {
      const low = old[i] ?? 0;
      const high = old[i + 1] ?? 0;
      if (low !== 0 || high !== 0) {
        const place = 2 * this.find(low, high);
        this.words[place] = low;
        this.words[place + 1] = high;
      }
    }
  }
}

function wordsOf(places: BigUint64Array<ArrayBuffer>): Uint32Array {
  return new Uint32Array(places.buffer, places.byteOffset, 2 * places.length);
}
