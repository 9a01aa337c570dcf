/** What ends a sentence, with the quotation marks and brackets that close after it. */
const END = /[。！？!?…]+[」』”’"')）]*|\.(?=\s|$|["')])["')]*|\n/g;

/** The sentences of a text in order, trimmed, blank ones left out. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let from = 0;
  // Looking for ends only: a pattern for whole sentences overflows the stack on a line of some megabytes.
  for (const { index, 0: mark } of text.matchAll(END)) {
    sentences.push(text.slice(from, index + mark.length).trim());
    from = index + mark.length;
  }
  sentences.push(text.slice(from).trim());
  return sentences.filter((sentence) => sentence !== "");
}

/** Neighbouring sentences from a random place on, together at most `budget` characters; null when not two fit. */
export function takePassage(
  sentences: string[],
  budget: number,
  below: (n: number) => number,
): string[] | null {
  const taken: string[] = [];
  let size = 0;
  for (const sentence of sentences.slice(below(Math.max(1, sentences.length - 2)))) {
    if (size + sentence.length > budget) {
      break;
    }
    taken.push(sentence);
    size += sentence.length + 1;
  }
  return taken.length < 2 ? null : taken;
}
