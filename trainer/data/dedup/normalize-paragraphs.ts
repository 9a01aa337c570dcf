/**
 * Paragraphs in the form in which they are compared: NFKC, lower case, every digit 0, no punctuation, blanks or
 * non-printing characters. One table does all this for a text unit; the few units that NFKC joins with a neighbour,
 * splits, or that stand for half a character take the slow way, with the same result.
 */
const DROP = 0;
const SLOW = 0xffff;

const TABLE = buildTable();

function buildTable(): Uint16Array {
  const table = new Uint16Array(65_536).fill(SLOW);
  for (let code = 0; code < 0xd800; code += 1) {
    table[code] = tableEntry(code);
  }
  for (let code = 0xe000; code < 0xffff; code += 1) {
    table[code] = tableEntry(code);
  }
  return table;
}

/** Marks and Hangul vowels join what stands before them, so they cannot be looked at alone. */
function tableEntry(code: number): number {
  const character = String.fromCharCode(code);
  if (/[\p{M}\u1160-\u11ff]/u.test(character)) {
    return SLOW;
  }
  const form = normalizeSlowly(character);
  if (form === "") {
    // Some marks become a blank and a combining mark, and so would join differently in a text.
    return /\p{M}/u.test(character.normalize("NFKC")) ? SLOW : DROP;
  }
  return form.length === 1 && !/[\p{M}\p{Script=Hangul}]/u.test(form) ? form.charCodeAt(0) : SLOW;
}

/** The definition itself; the table is made from it. */
export function normalizeSlowly(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\p{Nd}/gu, "0")
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]/gu, "");
}

let units = new Uint16Array(1 << 16);

/**
 * Calls `take` with the normalised text units of each paragraph (a line of the text) that is not empty. The units are
 * valid during the call only.
 */
export function forEachParagraph(
  text: string,
  take: (units: Uint16Array, length: number) => void,
): void {
  let from = 0;
  while (from <= text.length) {
    const feed = text.indexOf("\n", from);
    const end = feed === -1 ? text.length : feed;
    if (end > from) {
      const length = writeParagraph(text, from, end);
      if (length > 0) {
        take(units, length);
      }
    }
    from = end + 1;
  }
}

/** Writes one paragraph and returns its number of units. Few branches in the loop: it is nearly all the time. */
function writeParagraph(text: string, from: number, end: number): number {
  if (end - from > units.length) {
    units = new Uint16Array(2 * (end - from));
  }
  const out = units;
  const table = TABLE;
  let at = 0;
  for (let i = from; i < end; i += 1) {
    const form = table[text.charCodeAt(i)] as number;
    if (form === SLOW) {
      return writeSlowly(text.slice(from, end));
    }
    // What is dropped is written as well and overwritten by what follows: a branch less for every character.
    out[at] = form;
    at += form === DROP ? 0 : 1;
  }
  return at;
}

function writeSlowly(paragraph: string): number {
  const form = normalizeSlowly(paragraph);
  if (form.length > units.length) {
    units = new Uint16Array(2 * form.length);
  }
  for (let i = 0; i < form.length; i += 1) {
    units[i] = form.charCodeAt(i);
  }
  return form.length;
}
