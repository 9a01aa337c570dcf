import type { Batch } from "../model/batch.ts";
import { decode } from "../tokenizer/decode.ts";
import type { Vocabulary } from "../tokenizer/vocabulary.ts";

const sizesOf = new WeakMap<Vocabulary, Uint16Array>();

/** Bytes of text, in UTF-8, that the valid positions of a batch stand for; prompts and marks such as `<mask>` are no text. */
export function countTextBytes(batch: Batch, vocabulary: Vocabulary): number {
  const sizes = textSizes(vocabulary);
  let bytes = 0;
  for (let row = 0; row < batch.rows; row++) {
    const first = row * batch.length;
    const end = first + (batch.lengths[row] ?? 0);
    for (let place = first; place < end; place++) {
      if (batch.isPrompt[place] === 0) {
        bytes += sizes[batch.input[place] as number] ?? 0;
      }
    }
  }
  return bytes;
}

function textSizes(vocabulary: Vocabulary): Uint16Array {
  let sizes = sizesOf.get(vocabulary);
  if (sizes === undefined) {
    sizes = Uint16Array.from(vocabulary.tokens, (_, id) =>
      Buffer.byteLength(decode(vocabulary, [id])),
    );
    sizesOf.set(vocabulary, sizes);
  }
  return sizes;
}
