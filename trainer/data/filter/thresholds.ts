import type { TextDocument } from "../document.ts";

/**
 * Every limit of the filters, in one place. A document outside a limit is dropped with the limit's name as its
 * reason; `null` switches the rule off. Shares are of words, lines or characters as the name says.
 *
 * Sources: English mostly Gopher (Rae et al. 2021), C4 (Raffel et al. 2020) and FineWeb; Chinese mostly FineWeb-2 and
 * ChineseWebText. "Word" in Chinese is one Han character or one run of Latin letters and digits.
 */
export type Thresholds = {
  minWords: number | null;
  maxWords: number | null;
  minCharacters: number | null;
  /** [least, most] characters a word. */
  meanWordLength: [number, number] | null;
  /** Share of words with at least one letter. */
  alphabeticWords: number | null;
  /** How likely the detector must find the document's language. */
  languageShare: number | null;
  /** Share of Han among all characters, blanks and marks included. */
  hanShare: number | null;
  /** How many of the language's stop words must occur. */
  minStopWords: number | null;
  hashPerWord: number | null;
  ellipsisPerWord: number | null;
  bulletLines: number | null;
  ellipsisLines: number | null;
  terminalLines: number | null;
  /** A line of at most so many characters is short; at most such a share of lines may be. */
  shortLines: { characters: number; share: number } | null;
  meanLineLength: number | null;
  duplicateLineCharacters: number | null;
  newLinesPerWord: number | null;
  duplicateLines: number | null;
  duplicateParagraphs: number | null;
  duplicateParagraphCharacters: number | null;
  /** Characters in the commonest 2-, 3- and 4-gram. */
  topGrams: [number, number, number] | null;
  /** Characters in any repeated 5- to 10-gram. */
  duplicateGrams: [number, number, number, number, number, number] | null;
  /** Characters in repeated 13-grams. */
  duplicate13Grams: number | null;
  /** A line that stands in more documents of the source than this is taken out; needs all of them, so in a build only. */
  boilerplateDocuments: number | null;
  minSentences: number | null;
  minLinesKept: number | null;
  /** Drops a document with "{": off for code. */
  curlyBrackets: boolean;
  loremIpsum: boolean;
  badWordsPerLine: number | null;
  badWordCharacters: number | null;
  lines: LineRules;
};

/** What takes a single line out of a document. */
export type LineRules = {
  maxWordLength: number | null;
  minWords: number | null;
  minCharacters: number | null;
  /** Keeps only lines that end a sentence. */
  mustEndSentence: boolean;
  /** Cuts a last sentence that breaks off. */
  trimUnfinished: boolean;
  /** "javascript", cookie, privacy and terms phrases. */
  boilerplate: boolean;
  /** □ ■ � and private-use characters. */
  damagedCharacters: boolean;
  /** A line with letters but fewer Han characters than this goes. */
  minHan: number | null;
};

const ENGLISH: Thresholds = {
  minWords: 50,
  maxWords: 100_000,
  minCharacters: null,
  meanWordLength: [3, 10],
  alphabeticWords: 0.8,
  languageShare: 0.65,
  hanShare: null,
  minStopWords: 2,
  hashPerWord: 0.1,
  ellipsisPerWord: 0.1,
  bulletLines: 0.9,
  ellipsisLines: 0.3,
  terminalLines: 0.12,
  shortLines: { characters: 30, share: 0.67 },
  meanLineLength: null,
  duplicateLineCharacters: 0.01,
  newLinesPerWord: 0.3,
  duplicateLines: 0.3,
  duplicateParagraphs: 0.3,
  duplicateParagraphCharacters: 0.2,
  topGrams: [0.2, 0.18, 0.16],
  duplicateGrams: [0.15, 0.14, 0.13, 0.12, 0.11, 0.1],
  duplicate13Grams: null,
  boilerplateDocuments: 10,
  minSentences: 5,
  minLinesKept: null,
  curlyBrackets: true,
  loremIpsum: true,
  badWordsPerLine: 0.5,
  badWordCharacters: 0.05,
  lines: {
    maxWordLength: 1_000,
    minWords: 3,
    minCharacters: null,
    mustEndSentence: false,
    trimUnfinished: false,
    boilerplate: true,
    damagedCharacters: true,
    minHan: null,
  },
};

const CHINESE: Thresholds = {
  ...ENGLISH,
  minWords: null,
  minCharacters: 200,
  meanWordLength: [1, 5],
  alphabeticWords: 0.735,
  languageShare: 0.692,
  hanShare: 0.3,
  terminalLines: 0.106,
  shortLines: null,
  meanLineLength: 10,
  newLinesPerWord: 0.178,
  duplicateLines: 0.287,
  topGrams: [0.256, 0.201, 0.171],
  duplicateGrams: [0.198, 0.182, 0.167, 0.154, 0.14, 0.127],
  duplicate13Grams: 0.5,
  minSentences: null,
  minLinesKept: 5,
  curlyBrackets: false,
  lines: {
    ...ENGLISH.lines,
    minWords: null,
    minCharacters: 5,
    mustEndSentence: true,
    trimUnfinished: true,
    minHan: 10,
  },
};

/** Prose in books: long lines or hard-wrapped ones, refrains and lists of contents are no fault. */
const BOOK = {
  terminalLines: null,
  shortLines: null,
  meanLineLength: null,
  newLinesPerWord: null,
  minLinesKept: null,
  duplicateLineCharacters: 0.1,
  boilerplateDocuments: null,
} as const satisfies Partial<Thresholds>;

/** Short lines, refrains and few words are what a poem is made of: only damage and repetition are judged. */
const POEM = {
  ...BOOK,
  minWords: null,
  minCharacters: 20,
  minStopWords: null,
  duplicateLineCharacters: 0.3,
  minSentences: null,
} as const satisfies Partial<Thresholds>;

/** Words and sentences with their translation: single lines, of which only damage can be judged. */
const PAIR = {
  ...BOOK,
  minWords: null,
  minCharacters: null,
  meanWordLength: null,
  alphabeticWords: null,
  languageShare: 0.3,
  hanShare: null,
  minStopWords: null,
  minSentences: null,
  topGrams: null,
  duplicateGrams: null,
  duplicate13Grams: null,
} as const satisfies Partial<Thresholds>;

const LENIENT_LINES = {
  minWords: null,
  minCharacters: null,
  mustEndSentence: false,
  trimUnfinished: false,
  minHan: null,
};

/** How a source is to be judged; a source without an entry in SOURCE_PROFILES is judged as `web`. */
export const PROFILES = ["web", "book", "poem", "code", "chat", "pair"] as const;
export type Profile = (typeof PROFILES)[number];

const CHANGES: Record<Profile, Partial<Thresholds>> = {
  web: {},
  book: BOOK,
  poem: POEM,
  code: {
    ...BOOK,
    minWords: 10,
    minCharacters: null,
    meanWordLength: null,
    alphabeticWords: null,
    languageShare: null,
    hanShare: null,
    minStopWords: null,
    hashPerWord: null,
    bulletLines: null,
    curlyBrackets: false,
    minSentences: null,
    topGrams: null,
    duplicateGrams: null,
  },
  chat: {
    ...BOOK,
    minWords: 5,
    minCharacters: 10,
    minSentences: null,
    minStopWords: null,
  },
  pair: PAIR,
};

/** Names of sources, as documents carry them, and how they are judged. */
const SOURCE_PROFILES: Record<string, Profile> = {
  "tang-poems": "poem",
  "song-poems": "poem",
  "imperial-tang": "poem",
  "song-lyrics": "poem",
  "yuan-drama": "poem",
  classics: "poem",
  poets: "poem",
  cedict: "pair",
  "compiler-messages": "pair",
  "state-of-the-union": "book",
  "moby-dick": "book",
  // Made-up stories of a few words repeat themselves by nature; this profile does not judge n-grams.
  "built-in-chinese": "code",
  "built-in-english": "code",
  chinese: "poem",
  english: "book",
};

export function profileOf(source: string): Profile {
  return SOURCE_PROFILES[source] ?? "web";
}

/** The limits for a language and a profile. */
export function thresholdsFor(lang: TextDocument["lang"], profile: Profile): Thresholds {
  const base = lang === "zh" ? CHINESE : ENGLISH;
  const lines = profile === "web" ? base.lines : { ...base.lines, ...LENIENT_LINES };
  return { ...base, ...CHANGES[profile], lines };
}
