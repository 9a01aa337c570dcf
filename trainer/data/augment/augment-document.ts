import type { TextDocument } from "../document.ts";
import { documentFraction } from "../document-hash.ts";
import { Random } from "../random.ts";
import { makeCloze } from "./cloze.ts";
import type { Cue, CueMaker, CueTask } from "./cue.ts";
import { makeRewrite } from "./rewrite.ts";
import { makeSummary } from "./summary.ts";

/** Parallel text as a translation, into Chinese or into English. */
function translation(into: "zh" | "en"): CueMaker {
  return ({ text, lang, translation: other }) => {
    if (other === undefined) {
      return null;
    }
    const [source, target] = lang === into ? [other, text] : [text, other];
    const task = into === "zh" ? ("en-zh" as const) : ("zh-en" as const);
    return {
      task,
      parts: [
        { text: source, segment: 1 },
        { text: target, segment: 2 },
      ],
    };
  };
}

const MAKERS: Record<CueTask, CueMaker> = {
  summary: makeSummary,
  qa: makeCloze,
  rewrite: makeRewrite,
  "en-zh": translation("zh"),
  "zh-en": translation("en"),
};

export const CUE_TASKS = Object.keys(MAKERS) as CueTask[];

/**
 * What a document can teach besides itself, one cue a task where it suffices for one. Chance comes from the document
 * alone, so the same document gives the same cues wherever and in whatever order it is worked on.
 */
export function augmentDocument(document: TextDocument, tasks: CueTask[], budget: number): Cue[] {
  const seed = Math.floor(
    documentFraction(`${document.id}\n${document.text}`, "augment") * 2 ** 32,
  );
  return tasks
    .map((task, i) => MAKERS[task](document, { budget, random: Random.fromSeed(seed + i) }))
    .filter((cue) => cue !== null);
}
