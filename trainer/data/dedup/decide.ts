import type { HashTable } from "./hash-table.ts";

export type Decision = "keep" | "duplicate" | "empty";

/**
 * The plan's rule. Of n paragraphs (repeats count), s were in the store before this document; it is a duplicate if
 * 10 · s > 7 · n. A duplicate leaves no trace: its new paragraphs stay unseen. Otherwise all its hashes go in.
 * A document without a paragraph is empty, not a duplicate.
 */
export function decide(table: HashTable, hashes: BigUint64Array<ArrayBuffer>): Decision {
  const n = hashes.length;
  if (n === 0) {
    return "empty";
  }
  const words = new Uint32Array(hashes.buffer, hashes.byteOffset, 2 * n);
  let seen = 0;
  for (let i = 0; i < 2 * n; i += 2) {
    seen += table.has(words[i] ?? 0, words[i + 1] ?? 0) ? 1 : 0;
  }
  if (10 * seen > 7 * n) {
    return "duplicate";
  }
  insert(table, hashes);
  return "keep";
}

export function insert(table: HashTable, hashes: BigUint64Array<ArrayBuffer>): void {
  const words = new Uint32Array(hashes.buffer, hashes.byteOffset, 2 * hashes.length);
  for (let i = 0; i < words.length; i += 2) {
    table.add(words[i] ?? 0, words[i + 1] ?? 0);
  }
}
