import { xxh64 } from "@node-rs/xxhash";
import { forEachParagraph } from "./normalize-paragraphs.ts";

/** Written into a store's header: hashes of another kind cannot be compared with its own. */
export const HASH_KIND = "xxh64 of utf-8, normalisation 1";

let scratch = new BigUint64Array(1024);

/** The 64-bit hashes of a document's paragraphs, in order, repeats included. 0 marks a free place, so it becomes 1. */
export function hashParagraphs(text: string): BigUint64Array<ArrayBuffer> {
  let count = 0;
  forEachParagraph(text, (bytes) => {
    if (count === scratch.length) {
      const longer = new BigUint64Array(2 * count);
      longer.set(scratch);
      scratch = longer;
    }
    const hash = xxh64(bytes);
    scratch[count] = hash === 0n ? 1n : hash;
    count += 1;
  });
  return scratch.slice(0, count);
}
