import type { RecordStore } from "./record-store.ts";

/** Fewer tokens than this at the end of a document are not worth a prompt. */
const SHORTEST_LAST_PIECE = 32;

/** Pieces of documents: piece i are the words from `from[i]` to before `to[i]` of record `record[i]`. */
export type Pieces = { record: Uint32Array; from: Uint32Array; to: Uint32Array };

/**
 * Cuts documents in pieces of at most `maxTokens` (the row's length less the prompt less `<s>` and `</s>`).
 * A last piece under 32 tokens is dropped.
 */
export function cutPieces(store: RecordStore, maxTokens: number): Pieces {
  const record: number[] = [];
  const from: number[] = [];
  const to: number[] = [];
  for (let document = 0; document < store.count; document += 1) {
    const length = store.length(document);
    for (let begin = 0; begin < length; begin += maxTokens) {
      const end = Math.min(length, begin + maxTokens);
      if (end - begin >= SHORTEST_LAST_PIECE || end - begin === maxTokens) {
        record.push(document);
        from.push(begin);
        to.push(end);
      }
    }
  }
  return {
    record: Uint32Array.from(record),
    from: Uint32Array.from(from),
    to: Uint32Array.from(to),
  };
}
