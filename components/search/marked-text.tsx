import { findWords } from "./find-words.ts";

/** A text with the words that were searched for marked. */
export function MarkedText({ text, q }: { text: string; q: string }) {
  let at = 0;
  return findWords(text, q).map((part) => {
    at += part.text.length;
    return part.found ? <mark key={at}>{part.text}</mark> : <span key={at}>{part.text}</span>;
  });
}
