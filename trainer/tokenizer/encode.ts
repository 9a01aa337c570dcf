import { LINE_FEED, SPACE, UNKNOWN, type Vocabulary } from "./vocabulary.ts";

/** A run longer than this becomes one `<unk>`, like the original's limit on a word. */
const LONGEST_RUN = 200;
const PIECES = /[A-Za-z0-9]+|[\s\S]/gu;

/**
 * Text to ids. A run of [A-Za-z0-9] is cut by greedy longest match; every other character is a token of its own
 * or `<unk>`. No token crosses a run, so a word segmenter in front would change nothing. Adds no `<s>` or `</s>`.
 */
export function encode(vocabulary: Vocabulary, text: string): number[] {
  const out: number[] = [];
  for (const [piece] of text.matchAll(PIECES)) {
    if (piece === " ") {
      out.push(SPACE);
    } else if (piece === "\n") {
      out.push(LINE_FEED);
    } else if (isRun(piece)) {
      encodeRun(vocabulary, piece, out);
    } else {
      out.push(vocabulary.ids.get(piece) ?? UNKNOWN);
    }
  }
  return out;
}

function isRun(piece: string): boolean {
  const code = piece.charCodeAt(0);
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

function encodeRun(vocabulary: Vocabulary, run: string, out: number[]): void {
  if (run.length > LONGEST_RUN) {
    out.push(UNKNOWN);
    return;
  }
  let at = 0;
  while (at < run.length) {
    const [id, length] = longestMatch(vocabulary, run, at);
    out.push(id);
    at += length;
  }
}

function longestMatch(
  vocabulary: Vocabulary,
  run: string,
  at: number,
): [id: number, length: number] {
  for (let length = Math.min(vocabulary.longest, run.length - at); length > 0; length -= 1) {
    const id = vocabulary.ids.get(run.slice(at, at + length));
    if (id !== undefined) {
      return [id, length];
    }
  }
  return [UNKNOWN, 1];
}
