import type { TextDocument } from "../document.ts";
import type { LineRules } from "./thresholds.ts";
import { CHINESE_BOILERPLATE, ENGLISH_BOILERPLATE } from "./word-lists.ts";

/** Citation marks and edit links of encyclopaedias, and remnants of mark-up. */
const CITATIONS = /\[(?:\d{1,3}|edit|citation needed|编辑|編輯|來源請求|来源请求)\]/g;
const MARKUP =
  /<\/?[a-zA-Z][^<>\n]{0,200}>|&(?:nbsp|amp|lt|gt|quot|#\d{1,5});|\{\{[^{}\n]{0,200}\}\}/g;
const MAY_HAVE_MARKUP = /[[<&{]/;
/** Navigation and headers: a handful of short words between bars or arrows. */
const NAVIGATION = /^(?:[^|›»>\n]{1,24}[|›»>]\s*){2,}[^|›»>\n]{0,24}$/;
const DAMAGED = /[□■\ufffd\ue000-\uf8ff]/;
const ENDS_SENTENCE = /[。！？…”：；」』.!?"’)）]$/;
const HAN = /\p{Script=Han}/gu;
const LETTER = /\p{L}/u;
const LONG_WORD = 1_000;

/** Letters and digits of full width, half-width kana and ligatures; punctuation keeps its width. */
const COMPATIBLE = /[\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uff9d]/g;
const BLANKS = /[ \t\u00a0\u3000\u2000-\u200a]+/g;
const INVISIBLE = /[^\n\r\t\P{Cc}]|[\u200b-\u200f\u2060\ufeff\u00ad]/gu;

export type Cleaned = { text: string; linesDropped: number; edits: number };

/**
 * Structural cleaning, before anything is judged: letters of full width become plain, blanks single, invisible
 * characters, citation marks and mark-up disappear, and lines that are furniture are taken out.
 */
export function cleanTemplate({ text: raw, lang }: TextDocument, rules: LineRules): Cleaned {
  let edits = 0;
  const count = (): string => {
    edits += 1;
    return "";
  };
  let text = raw
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(INVISIBLE, "")
    .replace(COMPATIBLE, (character) => character.normalize("NFKC"))
    .replace(BLANKS, " ");
  if (MAY_HAVE_MARKUP.test(text)) {
    text = text.replace(CITATIONS, count).replace(MARKUP, count);
  }
  if (rules.trimUnfinished) {
    const end = endOfLastSentence(text);
    edits += end < text.length ? 1 : 0;
    text = text.slice(0, end);
  }
  const boilerplate = lang === "zh" ? CHINESE_BOILERPLATE : ENGLISH_BOILERPLATE;
  let linesDropped = 0;
  const kept = text.split("\n").filter((line) => {
    const keep = line.trim() === "" || keepLine(line.trim(), rules, boilerplate);
    linesDropped += keep ? 0 : 1;
    return keep;
  });
  return {
    text: kept
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim(),
    linesDropped,
    edits,
  };
}

/** Where the last sentence ends that is whole; the whole length for a text that ends with one or has none. */
function endOfLastSentence(text: string): number {
  const trimmed = text.trimEnd();
  if (ENDS_SENTENCE.test(trimmed)) {
    return text.length;
  }
  const from = trimmed.lastIndexOf("\n") + 1;
  const whole = /^.*[。！？…!?][”」』’）]?/.exec(trimmed.slice(from));
  return whole === null ? text.length : from + whole[0].length;
}

function keepLine(line: string, rules: LineRules, boilerplate: RegExp): boolean {
  if (rules.minCharacters !== null && line.length < rules.minCharacters) {
    return false;
  }
  if (rules.boilerplate && (boilerplate.test(line) || isNavigation(line))) {
    return false;
  }
  if (rules.damagedCharacters && DAMAGED.test(line)) {
    return false;
  }
  if (rules.mustEndSentence && !ENDS_SENTENCE.test(line)) {
    return false;
  }
  return enoughWords(line, rules) && enoughHan(line, rules);
}

function isNavigation(line: string): boolean {
  return line.length < 300 && /[|›»>]/.test(line) && NAVIGATION.test(line);
}

/** Counts blanks instead of splitting: a line is read at most once, whatever its length. */
function enoughWords(line: string, rules: LineRules): boolean {
  const limit = rules.maxWordLength ?? LONG_WORD;
  let words = 0;
  let from = 0;
  while (from <= line.length) {
    const blank = line.indexOf(" ", from);
    const end = blank === -1 ? line.length : blank;
    words += end > from ? 1 : 0;
    if (rules.maxWordLength !== null && end - from > limit && !isHan(line, from)) {
      return false;
    }
    from = end + 1;
  }
  return rules.minWords === null || words >= rules.minWords;
}

/** Chinese is written without blanks: a long stretch that begins with Han is a sentence, not a word. */
function isHan(line: string, at: number): boolean {
  return /\p{Script=Han}/u.test(line.charAt(at));
}

function enoughHan(line: string, rules: LineRules): boolean {
  if (rules.minHan === null || !LETTER.test(line)) {
    return true;
  }
  return (line.match(HAN)?.length ?? 0) >= rules.minHan;
}
