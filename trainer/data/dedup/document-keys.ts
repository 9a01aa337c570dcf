import { xxh64 } from "@node-rs/xxhash";
import type { TextDocument } from "../document.ts";

/**
 * Names the documents of one input by what they are and where they stand: each key is made from the one before and
 * from the document's paragraph hashes, so it stands for the whole input up to here. Running the same input again
 * gives the same keys; a document that occurs twice in an input has two.
 */
export function createDocumentKeys(
  input: string,
): (document: TextDocument, hashes: BigUint64Array<ArrayBuffer>) => bigint {
  let key = xxh64(input);
  return ({ source, id }, hashes) => {
    const content = new Uint8Array(hashes.buffer, hashes.byteOffset, hashes.byteLength);
    key = xxh64(content, xxh64(`${source}\u0000${id}`, key));
    return key;
  };
}
