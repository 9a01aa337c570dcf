import type { TextDocument } from "../document.ts";
import { type CueMaker, joinSentences, MASK_MARK, SEPARATOR_MARK } from "./cue.ts";
import { sentencesOf, takePassage } from "./sentences.ts";

const MOST_QUESTIONS = 3;

/** Words worth asking for: numbers and long words; in Chinese two neighbouring characters. */
function candidates(sentence: string, lang: TextDocument["lang"]): string[] {
  return (
    sentence.match(lang === "zh" ? /\p{Script=Han}{2}|\d+/gu : /\d[\d,.]*\d|\d|[A-Za-z]{4,}/g) ?? []
  );
}

/** The candidate that is rarest in the passage; of equals the longest, then the first. */
function rarest(sentence: string, passage: string, lang: TextDocument["lang"]): string | null {
  const counted = candidates(sentence, lang).map((word) => ({
    word,
    count: passage.split(word).length - 1,
  }));
  counted.sort((a, b) => a.count - b.count || b.word.length - a.word.length);
  return counted[0]?.word ?? null;
}

/** Comprehension by cloze: sentences of the passage with one rare word missing; the answers are to be given. */
export const makeCloze: CueMaker = ({ text, lang }, { budget, random }) => {
  const sentences = takePassage(sentencesOf(text), budget / 2, (n) => random.below(n));
  if (sentences === null) {
    return null;
  }
  const passage = joinSentences(sentences, lang);
  const questions: string[] = [];
  const answers: string[] = [];
  const order = [...random.permutation(sentences.length)].slice(0, MOST_QUESTIONS);
  for (const i of order) {
    const sentence = sentences[i] ?? "";
    const word = rarest(sentence, passage, lang);
    const size = questions.join("").length + sentence.length;
    if (word !== null && (questions.length === 0 || size < budget / 3)) {
      questions.push(sentence.replace(word, MASK_MARK));
      answers.push(word);
    }
  }
  return questions.length === 0
    ? null
    : {
        task: "qa",
        parts: [
          { text: passage, segment: 1 },
          { text: questions.join(SEPARATOR_MARK), segment: 2 },
          { text: answers.join(SEPARATOR_MARK), segment: 3 },
        ],
      };
};
