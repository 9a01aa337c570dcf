import type { TextDocument } from "../document.ts";
import type { Hashes } from "./hash-paragraphs.ts";
import { HASH_SEED, type Hash, hashUnits } from "./hash-units.ts";

let units = new Uint16Array(256);
const out = new Int32Array(2);

function extend(seed: Hash, text: string): Hash {
  if (text.length > units.length) {
    units = new Uint16Array(2 * text.length);
  }
  for (let i = 0; i < text.length; i += 1) {
    units[i] = text.charCodeAt(i);
  }
  hashUnits(units, text.length, { into: out, at: 0, seed });
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
  let key = extend(HASH_SEED, input);
  return ({ source, id }, hashes) => {
    key = extend(key, `${source}\u0000${id}`);
    hashUnits(hashes.units, 2 * hashes.length, { into: out, at: 0, seed: key });
    key = { low: out[0] ?? 0, high: out[1] ?? 0 };
    return key;
  };
}
