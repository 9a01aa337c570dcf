/**
 * Repetition within a document, as Gopher measures it: the share of word characters in the commonest 2-, 3- and
 * 4-gram, and in repeated 5- to 10- and 13-grams.
 */
export type GramShares = {
  top: [number, number, number];
  /** By n = 5 … 10. */
  duplicate: number[];
  duplicate13: number;
};

/** One table for all documents: a slot is valid when its stamp is the present one, so nothing has to be cleared. */
let mask = (1 << 16) - 1;
let stamps = new Uint32Array(mask + 1);
let keys = new Uint32Array(mask + 1);
let counts = new Uint32Array(mask + 1);
let stamp = 0;
let rolling = new Uint32Array(0);

function prepare(words: number): void {
  if (2 * words > mask) {
    mask = 2 ** Math.ceil(Math.log2(2 * words + 2)) - 1;
    stamps = new Uint32Array(mask + 1);
    keys = new Uint32Array(mask + 1);
    counts = new Uint32Array(mask + 1);
    stamp = 0;
  }
  if (rolling.length < words) {
    rolling = new Uint32Array(2 * words);
  }
}

/** A fresh stamp makes every slot free. */
function freshTable(): void {
  stamp += 1;
  if (stamp >= 0xffffffff) {
    stamps.fill(0);
    stamp = 1;
  }
}

/** How often this key has now been seen; keys are 32-bit hashes, and a document has too few n-grams for many clashes. */
function countKey(key: number): number {
  let slot = (key ^ (key >>> 15)) & mask;
  while (stamps[slot] === stamp) {
    if (keys[slot] === key) {
      const count = (counts[slot] ?? 0) + 1;
      counts[slot] = count;
      return count;
    }
    slot = (slot + 1) & mask;
  }
  stamps[slot] = stamp;
  keys[slot] = key;
  counts[slot] = 1;
  return 1;
}

/** Extends each (n − 1)-gram's hash by its next word, in place: `rolling[i]` becomes the hash of words i … i + n − 1. */
function extend(ids: Uint32Array, n: number): void {
  const last = ids.length - n;
  for (let i = 0; i <= last; i += 1) {
    const mixed = Math.imul((rolling[i] ?? 0) ^ (ids[i + n - 1] ?? 0), 0x85ebca6b);
    rolling[i] = (mixed ^ (mixed >>> 13)) + n;
  }
}

function topShare(n: number, lengths: Uint16Array, total: number): number {
  freshTable();
  let most = 1;
  let at = -1;
  const last = lengths.length - n;
  for (let i = 0; i <= last; i += 1) {
    const count = countKey(rolling[i] ?? 0);
    if (count > most) {
      most = count;
      at = i;
    }
  }
  if (at < 0) {
    return 0;
  }
  let characters = 0;
  for (let k = 0; k < n; k += 1) {
    characters += lengths[at + k] ?? 0;
  }
  return Math.min(1, (characters * most) / total);
}

/** Characters of n-grams that were seen before; an n-gram that was found is stepped over whole, as in Gopher's code. */
function duplicateShare(n: number, lengths: Uint16Array, total: number): number {
  freshTable();
  let characters = 0;
  const last = lengths.length - n;
  for (let i = 0; i <= last; ) {
    if (countKey(rolling[i] ?? 0) > 1) {
      for (let k = 0; k < n; k += 1) {
        characters += lengths[i + k] ?? 0;
      }
      i += n;
    } else {
      i += 1;
    }
  }
  return characters / total;
}

export function gramShares(ids: Uint32Array, lengths: Uint16Array): GramShares {
  prepare(ids.length);
  const total = lengths.reduce((sum, length) => sum + length, 0) || 1;
  // Spread first: otherwise "a b" and "b a" would be one 2-gram.
  for (let i = 0; i < ids.length; i += 1) {
    rolling[i] = Math.imul((ids[i] as number) ^ 0x9e3779b9, 0xc2b2ae35);
  }
  const top: [number, number, number] = [0, 0, 0];
  const duplicate: number[] = [];
  let duplicate13 = 0;
  for (let n = 2; n <= 13; n += 1) {
    extend(ids, n);
    if (n <= 4) {
      top[n - 2] = topShare(n, lengths, total);
    } else if (n <= 10) {
      duplicate.push(duplicateShare(n, lengths, total));
    } else if (n === 13) {
      duplicate13 = duplicateShare(n, lengths, total);
    }
  }
  return { top, duplicate, duplicate13 };
}
