/** Full-width and typographic marks in the form that the model counts. */
const MARKS: Record<string, string> = {
  "，": ",",
  "。": ".",
  "！": "!",
  "？": "?",
  "：": ":",
  "；": ";",
  "（": "(",
  "）": ")",
  "“": '"',
  "”": '"',
  "「": '"',
  "」": '"',
  "『": '"',
  "』": '"',
  "‘": "'",
  "’": "'",
  "、": ",",
  "…": ".",
  "—": "-",
  "–": "-",
};
const MARK = new RegExp(`[${Object.keys(MARKS).join("")}]`, "g");

/** The lines of a text as the language model sees them: lower case, every digit 0, one form for each mark. */
export function modelLines(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/\p{Nd}/gu, "0")
    .replace(MARK, (mark) => MARKS[mark] ?? mark)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
