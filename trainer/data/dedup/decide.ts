import type { Hashes } from "./hash-paragraphs.ts";
import type { HashTable } from "./hash-table.ts";

export type Decision = "keep" | "duplicate" | "empty";

/**
 * The plan's rule. Of n paragraphs (repeats count), s were in the store before this document; it is a duplicate if
 * 10 · s > 7 · n. A duplicate leaves no trace: its new paragraphs stay unseen. Otherwise all its hashes go in.
 * A document without a paragraph is empty, not a duplicate.
 */
export function decide(table: HashTable, hashes: Readonly<Hashes>): Decision {
  const { words, length } = hashes;
  const n = length / 2;
  if (n === 0) {
    return "empty";
  }
  if (10 * table.count(words, length) > 7 * n) {
    return "duplicate";
  }
  table.addCounted(words, length);
  return "keep";
}

export function insert(table: HashTable, { words, length }: Readonly<Hashes>): void {
  for (let i = 0; i < length; i += 2) {
    table.add(words[i] as number, words[i + 1] as number);
  }
}
