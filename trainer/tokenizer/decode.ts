import { FIXED_TOKENS, LINE_FEED, SPACE, type Vocabulary } from "./vocabulary.ts";

/** Ids to text. The other fixed tokens and ids outside the vocabulary leave no trace. */
export function decode(vocabulary: Vocabulary, ids: Iterable<number>): string {
  let text = "";
  for (const id of ids) {
    if (id === SPACE) {
      text += " ";
    } else if (id === LINE_FEED) {
      text += "\n";
    } else if (id >= FIXED_TOKENS.length) {
      text += vocabulary.tokens[id] ?? "";
    }
  }
  return text;
}
