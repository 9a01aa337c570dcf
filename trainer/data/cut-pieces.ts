/** Fewer tokens than this at the end of a document are not worth a prompt. */
const SHORTEST_LAST_PIECE = 32;

/** Token ids of a split, document after document; `starts` has one entry more than there are documents. */
export type TokenStore = { tokens: Uint16Array; starts: Uint32Array };

/** Where a piece of a document lies in a token store. */
export type Piece = { from: number; to: number };

/**
 * Cuts documents in pieces of at most `maxTokens` (the row's length less the prompt less `<s>` and `</s>`).
 * A last piece under 32 tokens is dropped.
 */
export function cutPieces(store: TokenStore, maxTokens: number): Piece[] {
  const pieces: Piece[] = [];
  for (let document = 0; document + 1 < store.starts.length; document += 1) {
    const begin = store.starts[document] ?? 0;
    const end = store.starts[document + 1] ?? 0;
    for (let from = begin; from < end; from += maxTokens) {
      const to = Math.min(end, from + maxTokens);
      if (to - from >= SHORTEST_LAST_PIECE || to - from === maxTokens) {
        pieces.push({ from, to });
      }
    }
  }
  return pieces;
}
