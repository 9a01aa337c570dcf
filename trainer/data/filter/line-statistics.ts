const BULLET = /^\s*[-*•●○▪◦‣·–]\s?/;
const ELLIPSIS_END = /(?:…|\.\.\.)\s*$/;
const TERMINAL = new Set([..."。！？…….!?”\"’'：:；;」』）)"]);

/** What the rules ask about lines and paragraphs; counts are of lines that are not blank. */
export type LineStatistics = {
  lines: number;
  bullets: number;
  ellipses: number;
  terminal: number;
  /** Lines of at most so many characters as asked. */
  short: number;
  characters: number;
  newLines: number;
  duplicateLines: number;
  duplicateLineCharacters: number;
  paragraphs: number;
  duplicateParagraphs: number;
  duplicateParagraphCharacters: number;
};

export function lineStatistics(text: string, shortCharacters: number): LineStatistics {
  const lines = text.split("\n");
  const seen = new Set<string>();
  const out: LineStatistics = {
    lines: 0,
    bullets: 0,
    ellipses: 0,
    terminal: 0,
    short: 0,
    characters: 0,
    newLines: lines.length - 1,
    duplicateLines: 0,
    duplicateLineCharacters: 0,
    ...paragraphStatistics(text),
  };
  for (const raw of lines) {
    const line = raw.trim();
    if (line === "") {
      continue;
    }
    out.lines += 1;
    out.characters += line.length;
    out.bullets += BULLET.test(line) ? 1 : 0;
    out.ellipses += ELLIPSIS_END.test(line) ? 1 : 0;
    out.terminal += TERMINAL.has(line.charAt(line.length - 1)) ? 1 : 0;
    out.short += line.length <= shortCharacters ? 1 : 0;
    if (seen.has(line)) {
      out.duplicateLines += 1;
      out.duplicateLineCharacters += line.length;
    }
    seen.add(line);
  }
  return out;
}

type ParagraphCounts = Pick<
  LineStatistics,
  "paragraphs" | "duplicateParagraphs" | "duplicateParagraphCharacters"
>;

function paragraphStatistics(text: string): ParagraphCounts {
  if (!text.includes("\n\n")) {
    return { paragraphs: 1, duplicateParagraphs: 0, duplicateParagraphCharacters: 0 };
  }
  const seen = new Set<string>();
  const out = { paragraphs: 0, duplicateParagraphs: 0, duplicateParagraphCharacters: 0 };
  for (const raw of text.split(/\n{2,}/)) {
    const paragraph = raw.trim();
    if (paragraph !== "") {
      out.paragraphs += 1;
      if (seen.has(paragraph)) {
        out.duplicateParagraphs += 1;
        out.duplicateParagraphCharacters += paragraph.length;
      }
      seen.add(paragraph);
    }
  }
  return out;
}
