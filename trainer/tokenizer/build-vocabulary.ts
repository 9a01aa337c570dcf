import { TrainerError } from "../trainer-error.ts";
import { learnSubwords } from "./learn-subwords.ts";
import { createVocabulary, FIXED_TOKENS, type Vocabulary } from "./vocabulary.ts";

const ALPHANUMERIC = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];
const RUN = /[A-Za-z0-9]+/g;
/** Rarer marks than these are left unknown, so that a corpus with stray scripts does not eat the vocabulary. */
const MOST_MARKS = 120;
const CJK = /\p{Script=Han}/u;

export type VocabularyPlan = {
  /** Lines of vocab.txt. */
  size: number;
  /** How many of them are learned Latin and digit sub-words of two characters or more. */
  subwords: number;
};

/** Counts of characters and runs; fed document by document, so the corpus need not be in memory. */
export type TextCounts = { characters: Map<string, number>; runs: Map<string, number> };

export function createCounts(): TextCounts {
  return { characters: new Map(), runs: new Map() };
}

export function countText(counts: TextCounts, text: string): void {
  for (const [run] of text.matchAll(RUN)) {
    counts.runs.set(run, (counts.runs.get(run) ?? 0) + 1);
  }
  for (const character of text) {
    counts.characters.set(character, (counts.characters.get(character) ?? 0) + 1);
  }
}

/**
 * The vocabulary: ten fixed tokens, the 62 letters and digits (so every run can be spelled), punctuation, learned
 * sub-words, then the most frequent Chinese characters until the size is reached.
 */
export function buildVocabulary(counts: TextCounts, plan: VocabularyPlan): Vocabulary {
  const singles = [...counts.characters]
    .filter(([character]) => character.trim() !== "" && !/[A-Za-z0-9\p{C}]/u.test(character))
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([character]) => character);
  const marks = singles.filter((character) => !CJK.test(character)).slice(0, MOST_MARKS);
  const tokens: string[] = [...FIXED_TOKENS, ...ALPHANUMERIC, ...marks];
  tokens.push(...learnSubwords(counts.runs, Math.min(plan.subwords, plan.size - tokens.length)));
  const han = singles.filter((character) => CJK.test(character));
  tokens.push(...han.slice(0, Math.max(0, plan.size - tokens.length)));
  if (tokens.length > plan.size) {
    throw new TrainerError(
      "data",
      `A vocabulary of ${plan.size} lines cannot hold ${tokens.length} signs. Raise data.vocabulary.size in the recipe.`,
    );
  }
  return createVocabulary(pad(tokens, plan.size));
}

/** A small corpus may have fewer tokens than the model has rows; unused rows get names that no text can contain. */
function pad(tokens: string[], size: number): string[] {
  const spare = Array.from({ length: size - tokens.length }, (_, i) => `<unused_${i}>`);
  return [...tokens, ...spare];
}
