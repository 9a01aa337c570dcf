import type { TextDocument } from "../document.ts";
import { type CueMaker, joinSentences, MASK_MARK } from "./cue.ts";
import { sentencesOf, takePassage } from "./sentences.ts";

const GAP = 0.3;
/** So many of the chosen sentences stay in the passage, so that copying is learned as well. */
const LEFT_IN_PLACE = 0.2;

function unitsOf(sentence: string, lang: TextDocument["lang"]): Set<string> {
  const text = sentence.toLowerCase().replace(/[\p{P}\p{S}]/gu, "");
  return new Set(
    lang === "zh" ? text.replace(/\s/g, "") : text.split(/\s+/).filter((word) => word !== ""),
  );
}

/** How well a sentence speaks for the rest: F1 between the sets of words (characters in Chinese). */
export function sentenceScores(sentences: string[], lang: TextDocument["lang"]): number[] {
  const units = sentences.map((sentence) => unitsOf(sentence, lang));
  return units.map((own, i) => {
    const rest = new Set(units.flatMap((other, k) => (k === i ? [] : [...other])));
    const common = [...own].filter((unit) => rest.has(unit)).length;
    return own.size + rest.size === 0 ? 0 : (2 * common) / (own.size + rest.size);
  });
}

/** Gap sentences: the most telling ones are taken out of the passage and are to be written, in the document's order. */
export const makeSummary: CueMaker = ({ text, lang }, { budget, random }) => {
  const sentences = takePassage(sentencesOf(text), budget / 1.4, (n) => random.below(n));
  if (sentences === null || sentences.length < 3) {
    return null;
  }
  const count = Math.max(1, Math.round(GAP * sentences.length));
  const scores = sentenceScores(sentences, lang);
  const chosen = [...sentences.keys()]
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
  const passage = sentences.map((sentence, i) =>
    chosen.includes(i) && random.next() >= LEFT_IN_PLACE ? MASK_MARK : sentence,
  );
  return {
    task: "summary",
    parts: [
      { text: joinSentences(passage, lang), segment: 1 },
      {
        text: joinSentences(
          chosen.map((i) => sentences[i] ?? ""),
          lang,
        ),
        segment: 2,
      },
    ],
  };
};
