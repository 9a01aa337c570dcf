import { ENGLISH_FUNCTION_WORDS, OTHER_FUNCTION_WORDS } from "./language-words.ts";
import { readStatistics, type TextStatistics } from "./text-statistics.ts";

const KINDS = new Map<number, "english" | "other">([
  ...OTHER_FUNCTION_WORDS.map((word) => [hashOf(word), "other"] as const),
  ...ENGLISH_FUNCTION_WORDS.map((word) => [hashOf(word), "english"] as const),
]);

/** With fewer function words than this a text says nothing about its language, and its script decides alone. */
const LEAST_HITS = 5;

function hashOf(word: string): number {
  return readStatistics(word).ids[0] ?? 0;
}

/**
 * How likely a text is in its language, from 0 to 1. Chinese: the share of Han characters among its letters, which
 * Japanese kana and Korean letters lower. English: the share of Latin letters, times the share of English words among
 * the function words of nine European languages.
 */
export function languageShare(lang: "zh" | "en", words: TextStatistics): number {
  const own = lang === "zh" ? words.han : words.latin;
  const script = words.letters === 0 ? 0 : own / words.letters;
  return lang === "zh" ? script : script * englishShare(words.ids);
}

function englishShare(ids: Uint32Array): number {
  let english = 0;
  let other = 0;
  for (const id of ids) {
    const kind = KINDS.get(id);
    english += kind === "english" ? 1 : 0;
    other += kind === "other" ? 1 : 0;
  }
  return english + other < LEAST_HITS ? 1 : english / (english + other);
}
