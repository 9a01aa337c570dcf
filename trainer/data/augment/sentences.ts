const SENTENCE =
  /(?:[^。！？!?.\n]|\.(?!\s|$|["')]))*(?:[。！？!?…]+[」』”’"')）]*|\.["')]*|\n|$)/g;

/** The sentences of a text in order, trimmed, blank ones left out. */
export function sentencesOf(text: string): string[] {
  return (text.match(SENTENCE) ?? [])
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
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
