import type { TextDocument } from "../document.ts";
import type { Random } from "../random.ts";

/** Stand in a cue's texts for the tokens of the same names. */
export const MASK_MARK = "<mask>";
export const SEPARATOR_MARK = "<sep>";

export type CueTask = "summary" | "qa" | "rewrite" | "en-zh" | "zh-en";

/** A training record before it is tokens: the last part is what must be predicted. */
export type Cue = { task: CueTask; parts: { text: string; segment: number }[] };

export type CueMaker = (
  document: TextDocument,
  options: { budget: number; random: Random },
) => Cue | null;

/** Sentences put together again: Chinese without a blank. */
export function joinSentences(sentences: string[], lang: TextDocument["lang"]): string {
  return sentences.join(lang === "zh" ? "" : " ");
}
