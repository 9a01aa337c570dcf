import type { TextDocument } from "../document.ts";
import type { Hashes } from "./hash-paragraphs.ts";
import { HASH_SEED, type Hash, hashUnits } from "./hash-units.ts";

let units = new Uint16Array(256);
const out = new Int32Array(2);

/** Adds a text's units to the `length` that stand already, without making a longer string of both. */
function append(length: number, text: string): number {
  const whole = length + text.length;
  if (whole > units.length) {
    const longer = new Uint16Array(2 * whole);
    longer.set(units);
    units = longer;
  }
  for (let i = 0; i < text.length; i += 1) {
    units[length + i] = text.charCodeAt(i);
  }
  return whole;
}

function hashed(seed: Hash, words: Uint16Array, length: number): Hash {
  hashUnits(words, length, { into: out, at: 0, seed });
  return { low: out[0] ?? 0, high: out[1] ?? 0 };
}

/**
 * Names the documents of one input by what they are and where they stand: each key is made from the one before and
 * from the document's paragraph hashes, so it stands for the whole input up to here. Running the same input again
 * gives the same keys; a document that occurs twice in an input has two.
 */
export function createDocumentKeys(
  input: string,
): (document: Pick<TextDocument, "source" | "id">, hashes: Readonly<Hashes>) => Hash {
  const named = append(0, input);
  let key = hashed(HASH_SEED, units, named);
  return ({ source, id }, hashes) => {
    const length = append(append(append(0, source), "\u0000"), id);
    key = hashed(hashed(key, units, length), hashes.units, 2 * hashes.length);
    return key;
  };
}
