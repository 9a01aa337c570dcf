export type FoundPart = { text: string; found: boolean };

const OPERATOR = /(?<!\S)(?:in|by|tag|before|after):\S+/gi;
const SHORTEST = 2;

/** Cuts a text at the words of a search, whatever their case; operators are no words. */
export function findWords(text: string, q: string): FoundPart[] {
  const words = (q.replaceAll(OPERATOR, " ").match(/\p{Script=Han}+|[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => word.length >= SHORTEST || /\p{Script=Han}/u.test(word))
    .sort((a, b) => b.length - a.length);
  if (words.length === 0) {
    return [{ text, found: false }];
  }
  // Words hold letters and digits only, so they are patterns of themselves.
  const parts = text.split(new RegExp(`(${words.join("|")})`, "giu"));
  return parts
    .map((part, index) => ({ text: part, found: index % 2 === 1 }))
    .filter((part) => part.text !== "");
}
