import { type GramShares, gramShares } from "./gram-shares.ts";

/** Kinds of a UTF-16 unit, looked up in one table so that a text is read once. */
const SPACE = 0;
const LATIN = 1;
const DIGIT = 2;
const HAN = 3;
const OTHER_LETTER = 4;
const MARK = 5;

const KINDS = buildKinds();

function buildKinds(): Uint8Array {
  const kinds = new Uint8Array(65_536).fill(MARK);
  const tests: [RegExp, number][] = [
    [/\s/, SPACE],
    [/\p{Script=Han}/u, HAN],
    [/\p{Nd}/u, DIGIT],
    [/\p{Script=Latin}/u, LATIN],
    [/[\p{L}\p{M}]/u, OTHER_LETTER],
  ];
  for (let code = 0; code < kinds.length; code += 1) {
    const character = String.fromCharCode(code);
    kinds[code] = tests.find(([test]) => test.test(character))?.[1] ?? MARK;
  }
  // Characters beyond the basic plane are nearly all rare Han: the first half counts, the second is joined to it.
  return kinds.fill(HAN, 0xd840, 0xd88c).fill(SPACE, 0xdc00, 0xe000);
}

/** What one reading of a text yields; all shares and rules are computed from it. */
export type TextStatistics = {
  words: number;
  /** Characters in words. */
  wordCharacters: number;
  alphabeticWords: number;
  latin: number;
  han: number;
  letters: number;
  hashes: number;
  ellipses: number;
  sentences: number;
  /** A number for each word, and its length, for the n-gram rules. */
  ids: Uint32Array;
  lengths: Uint16Array;
  grams: () => GramShares;
};

let capacity = 1 << 16;
let idsBuffer = new Uint32Array(capacity);
let lengthsBuffer = new Uint16Array(capacity);

function grow(): void {
  capacity *= 2;
  const ids = new Uint32Array(capacity);
  const lengths = new Uint16Array(capacity);
  ids.set(idsBuffer);
  lengths.set(lengthsBuffer);
  idsBuffer = ids;
  lengthsBuffer = lengths;
}

const WORDS_WITH_MARKS = { hyphen: 0x2d, apostrophe: 0x27, typographic: 0x2019 };

/** Whether a mark stays inside a word when letters stand on both sides of it. */
function joins(code: number): boolean {
  return (
    code === WORDS_WITH_MARKS.hyphen ||
    code === WORDS_WITH_MARKS.apostrophe ||
    code === WORDS_WITH_MARKS.typographic
  );
}

/** Reads one word from `at` (a letter or digit): its end, and a hash of its lower-case letters. */
function readWord(text: string, at: number): { end: number; hash: number; letters: number } {
  let hash = 0x811c9dc5;
  let letters = 0;
  let i = at;
  for (; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const kind = KINDS[code] ?? MARK;
    const isLetter = kind === LATIN || kind === OTHER_LETTER;
    if (!isLetter && kind !== DIGIT && !(joins(code) && i > at)) {
      break;
    }
    letters += isLetter ? 1 : 0;
    const lower = code >= 65 && code <= 90 ? code + 32 : code;
    hash = Math.imul(hash ^ lower, 0x01000193);
  }
  return { end: i, hash: hash >>> 0, letters };
}

type Counters = Omit<TextStatistics, "ids" | "lengths" | "grams">;

/** Marks that end a sentence, and those that rules count. */
function countMark(counters: Counters, text: string, at: number): void {
  const code = text.charCodeAt(at);
  if (code === 0x23) {
    counters.hashes += 1;
  } else if (code === 0x2026) {
    counters.ellipses += text.charCodeAt(at - 1) === 0x2026 ? 0 : 1;
  } else if (code === 0x2e) {
    counters.ellipses += beginsThreePoints(text, at) ? 1 : 0;
    counters.sentences += endsHere(text, at) ? 1 : 0;
  } else if (code === 0x21 || code === 0x3f) {
    counters.sentences += endsHere(text, at) ? 1 : 0;
  } else if (code === 0x3002 || code === 0xff01 || code === 0xff1f) {
    counters.sentences += 1;
  }
}

function beginsThreePoints(text: string, at: number): boolean {
  return text.startsWith("...", at) && text.charCodeAt(at - 1) !== 0x2e;
}

/** A point inside a number or a name ends no sentence: a blank, a quotation mark or the end must follow. */
function endsHere(text: string, at: number): boolean {
  if (at + 1 >= text.length) {
    return true;
  }
  const next = text.charCodeAt(at + 1);
  return KINDS[next] === SPACE || next === 0x22 || next === 0x201d || next === 0x29;
}

/** Reads a text once. Words are Han characters, or runs of letters and digits joined by hyphens and apostrophes. */
export function readStatistics(text: string): TextStatistics {
  const counters: Counters = {
    words: 0,
    wordCharacters: 0,
    alphabeticWords: 0,
    latin: 0,
    han: 0,
    letters: 0,
    hashes: 0,
    ellipses: 0,
    sentences: 0,
  };
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    const kind = KINDS[code] ?? MARK;
    if (kind === SPACE) {
      at += 1;
    } else if (kind === MARK) {
      countMark(counters, text, at);
      at += 1;
    } else {
      at = takeWord(counters, text, { at, kind, code });
    }
  }
  const ids = idsBuffer.subarray(0, counters.words);
  const lengths = lengthsBuffer.subarray(0, counters.words);
  return { ...counters, ids, lengths, grams: () => gramShares(ids, lengths) };
}

type Here = { at: number; kind: number; code: number };

/** Counts the word that begins here and returns the place after it. */
function takeWord(counters: Counters, text: string, { at, kind, code }: Here): number {
  if (counters.words >= capacity) {
    grow();
  }
  const index = counters.words;
  counters.words += 1;
  if (kind === HAN) {
    const pair = code >= 0xd800 && code < 0xdc00 && at + 1 < text.length ? 2 : 1;
    counters.han += 1;
    counters.letters += 1;
    counters.alphabeticWords += 1;
    counters.wordCharacters += 1;
    idsBuffer[index] = pair === 2 ? (text.codePointAt(at) ?? code) : code;
    lengthsBuffer[index] = 1;
    return at + pair;
  }
  const { end, hash, letters } = readWord(text, at);
  counters.latin += kind === OTHER_LETTER ? 0 : letters;
  counters.letters += letters;
  counters.alphabeticWords += letters > 0 ? 1 : 0;
  counters.wordCharacters += end - at;
  idsBuffer[index] = hash;
  lengthsBuffer[index] = Math.min(end - at, 65_535);
  return end;
}
