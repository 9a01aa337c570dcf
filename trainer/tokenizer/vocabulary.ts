import { TrainerError } from "../trainer-error.ts";

/** The first ten lines of every vocabulary, in this order; `</n>` stands for a line feed, `</_>` for a space. */
export const FIXED_TOKENS = [
  "<pad>",
  "<unk>",
  "<mask>",
  "<sep>",
  "</n>",
  "</_>",
  "<s>",
  "</s>",
  "<d>",
  "</d>",
] as const;

export const UNKNOWN = 1;
export const LINE_FEED = 4;
export const SPACE = 5;
export const BEGIN = 6;
export const END = 7;

/** Tokens by id, and ids by token. `longest` is the length of the longest sub-word, in characters. */
export type Vocabulary = { tokens: string[]; ids: Map<string, number>; longest: number };

/**
 * Builds a vocabulary from its lines, refusing what would shift ids between readers: the native reader strips
 * lines and skips blank ones, others count lines, so no token may be blank, repeated or have blanks at its ends.
 */
export function createVocabulary(tokens: string[]): Vocabulary {
  const ids = new Map<string, number>();
  let longest = 1;
  tokens.forEach((token, id) => {
    const complaint = complain(token, id, ids);
    if (complaint !== null) {
      throw new TrainerError(
        "data",
        `vocab.txt line ${id + 1}: ${complaint} Build the vocabulary again.`,
      );
    }
    ids.set(token, id);
    if (id >= FIXED_TOKENS.length) {
      longest = Math.max(longest, token.length);
    }
  });
  if (tokens.length < FIXED_TOKENS.length) {
    throw new TrainerError(
      "data",
      "vocab.txt is shorter than the ten fixed tokens. Build the vocabulary again.",
    );
  }
  return { tokens, ids, longest };
}

function complain(token: string, id: number, ids: Map<string, number>): string | null {
  const fixed = FIXED_TOKENS[id];
  if (fixed !== undefined && token !== fixed) {
    return `expected the fixed token ${fixed}.`;
  }
  if (token === "" || token.trim() !== token || /[\r\n]/.test(token)) {
    return "a token is blank or has blanks at its ends.";
  }
  return ids.has(token) ? `the token "${token}" appears twice.` : null;
}

/** `vocab.txt`: UTF-8, one token a line, id = line number from 0, no blank line at the end. */
export function formatVocabulary(vocabulary: Vocabulary): string {
  return `${vocabulary.tokens.join("\n")}\n`;
}

export function parseVocabulary(text: string): Vocabulary {
  return createVocabulary(text.replace(/\r?\n$/, "").split(/\r?\n/));
}
