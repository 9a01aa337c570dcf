import { encode } from "../../tokenizer/encode.ts";
import { BEGIN, END, type Vocabulary } from "../../tokenizer/vocabulary.ts";
import { type Cue, type CueTask, MASK_MARK, SEPARATOR_MARK } from "../augment/cue.ts";
import { TASKS } from "../make-sample.ts";

const MASK = 2;
const SEPARATOR = 3;
const SLOTS: Record<CueTask, number> = { summary: 3, qa: 4, "en-zh": 5, "zh-en": 6, rewrite: 7 };

/** Text to ids, the marks to their own tokens. */
function encodeMarked(vocabulary: Vocabulary, text: string): number[] {
  return text.split(/(<mask>|<sep>)/).flatMap((part) => {
    if (part === MASK_MARK) {
      return [MASK];
    }
    return part === SEPARATOR_MARK ? [SEPARATOR] : encode(vocabulary, part);
  });
}

/** A flat record: [slot, parts, (length, type, task) of each, tokens…], each part wrapped in `<s>…</s>`. */
export function encodeCue(vocabulary: Vocabulary, { task, parts }: Cue): Uint16Array {
  const encoded = parts.map(({ text }) => [BEGIN, ...encodeMarked(vocabulary, text), END]);
  const heads = encoded.flatMap((tokens, i) => [
    tokens.length,
    parts[i]?.segment ?? 0,
    TASKS.indexOf(task),
  ]);
  return Uint16Array.from([SLOTS[task], parts.length, ...heads, ...encoded.flat()]);
}
