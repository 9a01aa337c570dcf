import { modelLines } from "./normalize-line.ts";
import { SortedCounts } from "./sorted-counts.ts";

/** Ids 0 … 2: unknown, begin and end of a line. An n-gram of up to three ids is one number below 2⁵¹. */
const UNKNOWN = 0;
const BEGIN = 1;
const END = 2;
const FIRST = 3;
const RADIX = 2 ** 17;

export type Order = 1 | 2 | 3;
export type LanguageModel = {
  /** Of the document's lines, each with its end mark; 1 for a text without a line. */
  perplexity(text: string): number;
  /** Probability of a character (null: the end of the line) after the characters before it in the line. */
  probability(history: string, next: string | null): number;
};

type Level = {
  /** Discounted probability of an n-gram, without what it inherits. */
  own: SortedCounts;
  /** Mass that a history hands down to the next shorter one, by the history's key. */
  handed: SortedCounts;
};

/**
 * Modified Kneser–Ney over characters (Chen and Goodman 1998), interpolated: the longest n-grams count occurrences,
 * the shorter ones the different characters seen before them. n-grams of the longest order seen fewer than `prune`
 * times are left out and their mass is handed down.
 */
export function trainKneserNey(
  texts: Iterable<string>,
  { order = 3, prune = 2 }: { order?: Order; prune?: number } = {},
): LanguageModel {
  const ids = new Map<string, number>();
  const highest = new Map<number, number>();
  for (const text of texts) {
    for (const line of modelLines(text)) {
      countLine(line, { ids, highest, order });
    }
  }
  const counts = lowerOrders(highest, order);
  const levels = counts.map((grams, i) => level(grams, i + 1 === order && order > 1 ? prune : 1));
  const size = ids.size + 2;
  return createModel({ ids, levels, size });
}

function push(key: number, id: number, order: number): number {
  return (key % RADIX ** (order - 1)) * RADIX + id;
}

function countLine(
  line: string,
  { ids, highest, order }: { ids: Map<string, number>; highest: Map<number, number>; order: Order },
): void {
  let key = startKey(order);
  for (const character of [...line, null]) {
    key = push(key, character === null ? END : idOf(ids, character), order);
    highest.set(key, (highest.get(key) ?? 0) + 1);
  }
}

function startKey(order: number): number {
  let key = 0;
  for (let i = 1; i < order; i += 1) {
    key = key * RADIX + BEGIN;
  }
  return key;
}

function idOf(ids: Map<string, number>, character: string): number {
  let id = ids.get(character);
  if (id === undefined) {
    id = Math.min(FIRST + ids.size, RADIX - 1);
    ids.set(character, id);
  }
  return id;
}

/** Counts by order, from single characters up; each shorter n-gram counts its different predecessors. */
function lowerOrders(highest: Map<number, number>, order: Order): Map<number, number>[] {
  const all = [highest];
  for (let n = order - 1; n >= 1; n -= 1) {
    const shorter = new Map<number, number>();
    for (const key of (all[0] ?? highest).keys()) {
      const tail = key % RADIX ** n;
      shorter.set(tail, (shorter.get(tail) ?? 0) + 1);
    }
    all.unshift(shorter);
  }
  return all;
}

/** Discounts for counts 1, 2 and 3 or more, from the numbers of n-grams with counts 1 … 4; small samples take ½, 1, 1½. */
export function discounts(counts: Iterable<number>): [number, number, number] {
  const n = [0, 0, 0, 0, 0];
  for (const count of counts) {
    if (count <= 4) {
      n[count] = (n[count] ?? 0) + 1;
    }
  }
  const [, n1 = 0, n2 = 0, n3 = 0, n4 = 0] = n;
  const y = n1 / (n1 + 2 * n2);
  const all: [number, number, number] = [
    1 - (2 * y * n2) / n1,
    2 - (3 * y * n3) / n2,
    3 - (4 * y * n4) / n3,
  ];
  const sound = all.every((d, i) => Number.isFinite(d) && d > 0 && d < i + 1);
  return sound ? all : [0.5, 1, 1.5];
}

function level(grams: Map<number, number>, prune: number): Level {
  const [one, two, more] = discounts(grams.values());
  const totals = new Map<number, number>();
  const kept = new Map<number, number>();
  for (const [key, count] of grams) {
    const history = Math.floor(key / RADIX);
    totals.set(history, (totals.get(history) ?? 0) + count);
  }
  const own = new Map<number, number>();
  for (const [key, count] of grams) {
    if (count >= prune) {
      const history = Math.floor(key / RADIX);
      const discount = count === 1 ? one : count === 2 ? two : more;
      const share = (count - discount) / (totals.get(history) ?? 1);
      own.set(key, share);
      kept.set(history, (kept.get(history) ?? 0) + share);
    }
  }
  const handed = new Map([...totals.keys()].map((key) => [key, 1 - (kept.get(key) ?? 0)]));
  return { own: new SortedCounts(own), handed: new SortedCounts(handed) };
}

type Parts = { ids: Map<string, number>; levels: Level[]; size: number };

function createModel({ ids, levels, size }: Parts): LanguageModel {
  const order = levels.length;
  const start = startKey(order);
  const probabilityOf = (key: number): number => {
    let p = 1 / size;
    for (let n = 1; n <= order; n += 1) {
      const gram = key % RADIX ** n;
      const found = levels[n - 1];
      const handed = found?.handed.get(Math.floor(gram / RADIX)) ?? 0;
      // A history that was never seen has nothing of its own: everything is inherited.
      p = handed === 0 ? p : (found?.own.get(gram) ?? 0) + handed * p;
    }
    return p;
  };
  return {
    probability(history, next) {
      let key = start;
      for (const character of history) {
        key = push(key, ids.get(character) ?? UNKNOWN, order);
      }
      return probabilityOf(push(key, next === null ? END : (ids.get(next) ?? UNKNOWN), order));
    },
    perplexity(text) {
      let log = 0;
      let tokens = 0;
      for (const line of modelLines(text)) {
        let key = start;
        for (const character of [...line, null]) {
          key = push(key, character === null ? END : (ids.get(character) ?? UNKNOWN), order);
          log += Math.log10(probabilityOf(key));
          tokens += 1;
        }
      }
      return tokens === 0 ? 1 : 10 ** (-log / tokens);
    },
  };
}
