import type { TextDocument } from "../document.ts";
import { languageShare } from "./detect-language.ts";
import { type LineStatistics, lineStatistics } from "./line-statistics.ts";
import { readStatistics, type TextStatistics } from "./text-statistics.ts";
import type { Thresholds } from "./thresholds.ts";
import {
  CHINESE_BAD_WORDS,
  CHINESE_STOP_WORDS,
  ENGLISH_BAD_WORDS,
  ENGLISH_STOP_WORDS,
} from "./word-lists.ts";

type Facts = {
  text: string;
  lang: TextDocument["lang"];
  words: TextStatistics;
  lines: LineStatistics;
  limits: Thresholds;
};

/** A rule gives the reason to drop, or null. */
type Rule = (facts: Facts) => string | null;

const below = (value: number, limit: number | null): boolean => limit !== null && value < limit;
const above = (value: number, limit: number | null): boolean => limit !== null && value > limit;
const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

const size: Rule = ({ text, words, limits }) => {
  if (below(words.words, limits.minWords) || below(text.length, limits.minCharacters)) {
    return "too-short";
  }
  return above(words.words, limits.maxWords) ? "too-long" : null;
};

const meanWordLength: Rule = ({ words, limits }) => {
  const mean = share(words.wordCharacters, words.words);
  const [least, most] = limits.meanWordLength ?? [0, Number.POSITIVE_INFINITY];
  return mean < least || mean > most ? "mean-word-length" : null;
};

/** Words of letters among everything that stands between blanks or is a mark of its own. */
const alphabetic: Rule = ({ words, limits }) =>
  below(share(words.alphabeticWords, words.words), limits.alphabeticWords)
    ? "alphabetic-words"
    : null;

const language: Rule = ({ text, words, lang, limits }) => {
  if (limits.languageShare !== null && languageShare(lang, words) < limits.languageShare) {
    return "language";
  }
  return below(share(words.han, text.length), limits.hanShare) ? "han-share" : null;
};

const ENGLISH_STOPS = ENGLISH_STOP_WORDS.map((word) => new RegExp(`\\b${word}\\b`, "i"));

const stopWords: Rule = ({ text, lang, limits }) => {
  const wanted = limits.minStopWords ?? 0;
  let found = 0;
  const tests = lang === "zh" ? [...CHINESE_STOP_WORDS] : ENGLISH_STOPS;
  for (const test of tests) {
    if (found >= wanted) {
      break;
    }
    found += (typeof test === "string" ? text.includes(test) : test.test(text)) ? 1 : 0;
  }
  return found < wanted ? "stop-words" : null;
};

const symbols: Rule = ({ words, limits }) => {
  if (above(share(words.hashes, words.words), limits.hashPerWord)) {
    return "hash-signs";
  }
  return above(share(words.ellipses, words.words), limits.ellipsisPerWord) ? "ellipses" : null;
};

const lineEnds: Rule = ({ lines, limits }) => {
  if (above(share(lines.bullets, lines.lines), limits.bulletLines)) {
    return "bullet-lines";
  }
  if (above(share(lines.ellipses, lines.lines), limits.ellipsisLines)) {
    return "ellipsis-lines";
  }
  return below(share(lines.terminal, lines.lines), limits.terminalLines) ? "line-ends" : null;
};

const lineLengths: Rule = ({ lines, words, limits }) => {
  if (above(share(lines.short, lines.lines), limits.shortLines?.share ?? null)) {
    return "short-lines";
  }
  if (below(share(lines.characters, lines.lines), limits.meanLineLength)) {
    return "mean-line-length";
  }
  return above(share(lines.newLines, words.words), limits.newLinesPerWord) ? "new-lines" : null;
};

const repeatedLines: Rule = ({ text, lines, limits }) => {
  if (above(share(lines.duplicateLines, lines.lines), limits.duplicateLines)) {
    return "duplicate-lines";
  }
  if (above(share(lines.duplicateParagraphs, lines.paragraphs), limits.duplicateParagraphs)) {
    return "duplicate-paragraphs";
  }
  const inParagraphs = share(lines.duplicateParagraphCharacters, text.length);
  if (above(inParagraphs, limits.duplicateParagraphCharacters)) {
    return "duplicate-paragraph-characters";
  }
  return above(share(lines.duplicateLineCharacters, text.length), limits.duplicateLineCharacters)
    ? "duplicate-line-characters"
    : null;
};

const repeatedGrams: Rule = ({ words, limits }) => {
  const { topGrams, duplicateGrams, duplicate13Grams } = limits;
  if (topGrams === null && duplicateGrams === null && duplicate13Grams === null) {
    return null;
  }
  const grams = words.grams();
  const top = grams.top.findIndex((value, i) => above(value, limits.topGrams?.[i] ?? null));
  if (top !== -1) {
    return `top-${top + 2}-gram`;
  }
  const repeated = grams.duplicate.findIndex((value, i) =>
    above(value, limits.duplicateGrams?.[i] ?? null),
  );
  if (repeated !== -1) {
    return `duplicate-${repeated + 5}-grams`;
  }
  return above(grams.duplicate13, limits.duplicate13Grams) ? "duplicate-13-grams" : null;
};

const content: Rule = ({ text, words, lines, limits }) => {
  if (limits.loremIpsum && /lorem ipsum/i.test(text)) {
    return "lorem-ipsum";
  }
  if (limits.curlyBrackets && text.includes("{")) {
    return "curly-bracket";
  }
  if (below(words.sentences, limits.minSentences)) {
    return "few-sentences";
  }
  return below(lines.lines, limits.minLinesKept) ? "few-lines" : null;
};

const ENGLISH_BAD = new RegExp(`\\b(?:${ENGLISH_BAD_WORDS.join("|")})\\b`, "gi");
const CHINESE_BAD = new RegExp(CHINESE_BAD_WORDS.join("|"), "g");

const badWords: Rule = ({ text, lang, lines, limits }) => {
  const hits = text.match(lang === "zh" ? CHINESE_BAD : ENGLISH_BAD) ?? [];
  const characters = hits.reduce((sum, hit) => sum + hit.length, 0);
  const tooMany =
    (hits.length > 1 && above(share(hits.length, lines.lines), limits.badWordsPerLine)) ||
    above(share(characters, text.length), limits.badWordCharacters);
  return tooMany ? "bad-words" : null;
};

/** Cheap rules first; the first one that objects gives the reason. */
const RULES: Rule[] = [
  size,
  meanWordLength,
  alphabetic,
  language,
  symbols,
  content,
  stopWords,
  lineEnds,
  lineLengths,
  repeatedLines,
  badWords,
  repeatedGrams,
];

/** Judges a cleaned text by every rule; null means that it stays. */
export function judgeRules(
  text: string,
  lang: TextDocument["lang"],
  limits: Thresholds,
): string | null {
  if (text === "") {
    return "empty";
  }
  const words = readStatistics(text);
  const lines = lineStatistics(text, limits.shortLines?.characters ?? 30);
  const facts: Facts = { text, lang, words, lines, limits };
  for (const rule of RULES) {
    const reason = rule(facts);
    if (reason !== null) {
      return reason;
    }
  }
  return null;
}
