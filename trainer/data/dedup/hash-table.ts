/** A page is 64 KB: small enough that one more is no leap. */
const PAGE_BITS = 13;
const PAGE_PLACES = 1 << PAGE_BITS;
const PAGE_WORDS = 2 * PAGE_PLACES;
/** 2 MB for an empty table: below some 200 000 hashes nothing has to grow. */
const LEAST_PAGES = 32;
const FULLEST = 0.88;
/** Right after growing, 8 bytes a place are 11.5 bytes a hash. */
const GROWTH = 1.26;

/**
 * A set of 64-bit hashes: open addressing with linear probing, the hashes in the order of 32 of their bits; 0 is a
 * free place. Hashes are pairs of signed 32-bit words, because a BigInt, and a number beyond 31 bits, costs an
 * allocation. The places stand in pages. Since a hash only moves up when pages are added, and those before it stay
 * before it, the table grows in place, page by page from the last one, by copying in a row: nothing is allocated but
 * the new pages, and memory stays between 9 and 12 bytes a hash at any size beyond the least.
 */
export class HashTable {
  private readonly pages: Int32Array<ArrayBuffer>[] = [];
  /** Places for 2³² orders; the last page takes only what finds no room before it, and its last place stays free. */
  private scale = 0;
  private used = 0;
  private places = new Float64Array(1024);
  /** What `touch` read last. */
  touched = 0;

  /** Room for `expected` uniform hashes without growing. */
  constructor(expected = 0) {
    this.addPages(Math.max(LEAST_PAGES, Math.ceil(expected / FULLEST / PAGE_PLACES) + 1));
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
    return 8 * this.capacity;
  }

  get capacity(): number {
    return this.pages.length * PAGE_PLACES;
  }

  segments(): readonly Int32Array<ArrayBuffer>[] {
    return this.pages;
  }

  /**
   * Reads where each of the hashes would stand. The reads do not wait for one another, and a look that follows finds
   * its place in the processor's cache: in a large table the waiting is most of the work.
   */
  touch(words: Int32Array, length: number): void {
    let sum = 0;
    for (let i = 0; i < length; i += 2) {
      const place = this.homeOf(words[i] as number, words[i + 1] as number);
      const page = this.pages[place >>> PAGE_BITS] as Int32Array;
      sum ^= page[wordOf(place)] as number;
    }
    // Kept, so that the compiler cannot leave out the reading.
    this.touched = sum;
  }

  /** How many of the hashes are there, repeats counted; where they stand or belong is kept for `addCounted`. */
  count(words: Int32Array, length: number): number {
    if (length > this.places.length) {
      this.places = new Float64Array(2 * length);
    }
    let seen = 0;
    for (let i = 0; i < length; i += 2) {
      const low = words[i] as number;
      const high = words[i + 1] as number;
      const place = this.find(this.homeOf(low, high), low, high);
      this.places[i] = place;
      seen += this.isAt(place, low, high) ? 1 : 0;
    }
    return seen;
  }

  /**
   * Adds the hashes that were counted just before. Others of them may have moved a hash's place up since, never down,
   * so the search goes on where it ended.
   */
  addCounted(words: Int32Array, length: number): void {
    const roomy = this.used + length / 2 < FULLEST * (this.capacity - PAGE_PLACES);
    for (let i = 0; i < length; i += 2) {
      const low = words[i] as number;
      const high = words[i + 1] as number;
      if (roomy) {
        this.addFrom(this.places[i] as number, low, high);
      } else {
        this.add(low, high);
      }
    }
  }

  has(low: number, high: number): boolean {
    return this.isAt(this.find(this.homeOf(low, high), low, high), low, high);
  }

  /** The low word of the hash that equals this one but for its two lowest bits; 0 when there is none. */
  lowWordOf(low: number, high: number): number {
    const order = orderOf(low, high);
    const wanted = low >>> 2;
    for (let place = this.homeOf(low, high); ; place += 1) {
      const page = this.pages[place >>> PAGE_BITS] as Int32Array;
      const at = wordOf(place);
      const there = page[at] as number;
      const above = page[at + 1] as number;
      if (there >>> 2 === wanted && above === high) {
        return there;
      }
      if ((there === 0 && above === 0) || orderOf(there, above) > order) {
        return 0;
      }
    }
  }

  /** False: it was there already. */
  add(low: number, high: number): boolean {
    if (this.used >= FULLEST * (this.capacity - PAGE_PLACES)) {
      this.grow();
    }
    return this.addFrom(this.homeOf(low, high), low, high);
  }

  private addFrom(from: number, low: number, high: number): boolean {
    const place = this.find(from, low, high);
    if (this.isAt(place, low, high)) {
      return false;
    }
    this.insert(place, low, high);
    this.used += 1;
    return true;
  }

  private isAt(place: number, low: number, high: number): boolean {
    const page = this.pages[place >>> PAGE_BITS] as Int32Array;
    const at = wordOf(place);
    return page[at] === low && page[at + 1] === high;
  }

  /** Where a hash stands, or where it belongs: at the first place that is free or has one of a higher order. */
  private find(from: number, low: number, high: number): number {
    const order = orderOf(low, high);
    let place = from;
    for (;;) {
      const page = this.pages[place >>> PAGE_BITS] as Int32Array;
      for (let at = wordOf(place); at < PAGE_WORDS; at += 2) {
        const there = page[at] as number;
        const above = page[at + 1] as number;
        if (
          (there === low && above === high) ||
          (there === 0 && above === 0) ||
          orderOf(there, above) > order
        ) {
          return place;
        }
        place += 1;
      }
    }
  }

  /** Puts a hash at its place and moves what follows without a gap one place up. */
  private insert(from: number, lowWord: number, highWord: number): void {
    let low = lowWord;
    let high = highWord;
    for (let place = from; ; place += 1) {
      const page = this.pages[place >>> PAGE_BITS] as Int32Array;
      const at = wordOf(place);
      const there = page[at] as number;
      const above = page[at + 1] as number;
      page[at] = low;
      page[at + 1] = high;
      if (there === 0 && above === 0) {
        return;
      }
      low = there;
      high = above;
    }
  }

  private addPages(count: number): void {
    const block = new ArrayBuffer(8 * PAGE_PLACES * count);
    for (let i = 0; i < count; i += 1) {
      this.pages.push(new Int32Array(block, 8 * PAGE_PLACES * i, PAGE_WORDS));
    }
    this.scale = (this.capacity - PAGE_PLACES) / 2 ** 32;
  }

  /** What a page holds goes to itself or to pages behind it, which have had their turn. */
  private grow(): void {
    const before = this.pages.length;
    this.addPages(Math.round(before * (GROWTH - 1)));
    const hashes = new Int32Array(PAGE_WORDS + 2);
    for (let number = before - 1; number >= 0; number -= 1) {
      const page = this.pages[number] as Int32Array;
      const length = gather(page, hashes);
      page.fill(0);
      this.lay(hashes, length);
    }
  }

  /** Lays hashes in ascending order, all before those that stand already. */
  private lay(hashes: Int32Array, length: number): void {
    let next = 0;
    for (let i = 0; i < length; ) {
      const home = this.homeOf(hashes[i] as number, hashes[i + 1] as number);
      const number = Math.floor(Math.max(next, home) / PAGE_PLACES);
      const from = number * PAGE_PLACES;
      const page = this.pages[number] as Int32Array;
      let free = Math.max(0, next - from);
      for (; i < length && free < PAGE_PLACES; i += 2) {
        const low = hashes[i] as number;
        const high = hashes[i + 1] as number;
        // The larger of its home and the next free place, without a branch.
        const ahead = ((this.homeOf(low, high) - from) | 0) - free;
        const place = free + (ahead & ~(ahead >> 31));
        if (place >= PAGE_PLACES) {
          break;
        }
        if (page[2 * place] === 0 && page[2 * place + 1] === 0) {
          page[2 * place] = low;
          page[2 * place + 1] = high;
        } else {
          this.insert(from + place, low, high);
        }
        free = place + 1;
      }
      next = from + free;
    }
  }

  /** Where the search for a hash begins. */
  private homeOf(low: number, high: number): number {
    return (orderOf(low, high) * this.scale) >>> 0;
  }
}

/** Copies what is no free place, without a branch: whether one is free cannot be foretold. */
function gather(page: Int32Array, into: Int32Array): number {
  let length = 0;
  for (let i = 0; i < PAGE_WORDS; i += 2) {
    const low = page[i] as number;
    const high = page[i + 1] as number;
    into[length] = low;
    into[length + 1] = high;
    const either = low | high;
    length += ((either | -either) >>> 31) << 1;
  }
  return length;
}

/** The two lowest bits do not count: see `lowWordOf`. */
function orderOf(low: number, high: number): number {
  return Math.imul((low >>> 2) ^ high, 0x9e3779b1) >>> 0;
}

/** A place's low word within its page. */
function wordOf(place: number): number {
  return 2 * (place & (PAGE_PLACES - 1));
}
