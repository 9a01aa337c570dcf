import type { HashTable } from "./hash-table.ts";

/** Everything in memory: the hashes, the answers by document key, and how far the log has been read or written. */
export type StoreState = { table: HashTable; answers: HashTable; logBytes: number };
