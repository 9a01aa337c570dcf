/** Signs of missing or composed characters and of editors' notes: such a text would teach gaps. */
const DAMAGED = /[□○●〖〗{}⿰⿱=|]/u;
const SHORTEST = 24;

/**
 * One form for what looks the same: composed characters, plain spaces, single blanks, no control characters, lines
 * trimmed. Traditional characters stay as they are. Null: the text is damaged or too short to be used.
 */
export function cleanText(raw: string, shortest = SHORTEST): string | null {
  const text = raw
    .normalize("NFC")
    .replace(/[\t\u00a0\u3000]+/g, " ")
    .replace(/[^\n\P{C}]/gu, "")
    .replace(/ {2,}/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return DAMAGED.test(text) || text.length < shortest ? null : text;
}
