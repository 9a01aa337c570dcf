import { HASH_SEED, hashUnits } from "./hash-units.ts";
import { forEachParagraph } from "./normalize-paragraphs.ts";

/** Written into a store's header: hashes of another kind cannot be compared with its own. */
export const HASH_KIND = "cpm64-1 of utf-16, normalisation 1";

/**
 * A document's hashes in the first `length` of `words`: pairs, low then high. `units` is the same memory. One object
 * serves all documents, because an array for each would be the larger part of the work: valid until the next call.
 */
export type Hashes = { words: Int32Array; units: Uint16Array; length: number };

const scratch = viewOf(new Int32Array(2048), 0);

export function viewOf(words: Int32Array, length: number): Hashes {
  return {
    words,
    units: new Uint16Array(words.buffer, words.byteOffset, 2 * words.length),
    length,
  };
}

function take(units: Uint16Array, length: number): void {
  const at = scratch.length;
  if (at === scratch.words.length) {
    const longer = new Int32Array(2 * at);
    longer.set(scratch.words);
    Object.assign(scratch, viewOf(longer, at));
  }
  const { words } = scratch;
  hashUnits(units, length, { into: words, at, seed: HASH_SEED });
  if (words[at] === 0 && words[at + 1] === 0) {
    words[at] = 1;
  }
  scratch.length = at + 2;
}

/** The 64-bit hashes of a document's paragraphs, in order, repeats included. 0 marks a free place, so it becomes 1. */
export function hashParagraphs(text: string): Readonly<Hashes> {
  scratch.length = 0;
  forEachParagraph(text, take);
  return scratch;
}
