import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseVocabulary, type Vocabulary } from "../../tokenizer/vocabulary.ts";

/** The vocabulary of a built corpus; everything in it is in these ids. */
export function readVocabulary(directory: string): Vocabulary {
  return parseVocabulary(readFileSync(join(directory, "vocab.txt"), "utf8"));
}
