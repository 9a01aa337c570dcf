const ROWS = 4;
const CELLS = 1 << 21;
const MOST = 0xffff;
/** Longer lines are text, shorter ones marks between sections. */
const SHORTEST = 4;
const LONGEST = 300;

/**
 * Counts in how many documents of a source each line stands: a count-min sketch of 16 MB, whatever the source. Its
 * counts are never too low; some ten million different lines pass before chance makes them too high.
 */
export class LineCounter {
  private readonly cells = new Uint16Array(ROWS * CELLS);
  private readonly places = new Int32Array(ROWS);

  /** Counts each line of the document once. */
  add(text: string): void {
    for (const line of new Set(linesOf(text))) {
      this.find(line);
      // Only the smallest counters rise: the others have been raised by other lines.
      const least = this.least();
      for (const place of this.places) {
        if (this.cells[place] === least && least < MOST) {
          this.cells[place] = least + 1;
        }
      }
    }
  }

  /** The text without the lines that stand in more than `documents` documents, and how many those were. */
  strip(text: string, documents: number): { text: string; removed: number } {
    const lines = text.split("\n");
    const kept = lines.filter((line) => this.documentsWith(line.trim()) <= documents);
    const removed = lines.length - kept.length;
    return removed === 0
      ? { text, removed }
      : {
          text: kept
            .join("\n")
            .replace(/\n{3,}/g, "\n\n")
            .trim(),
          removed,
        };
  }

  private documentsWith(line: string): number {
    if (line.length < SHORTEST || line.length > LONGEST) {
      return 0;
    }
    this.find(line);
    return this.least();
  }

  private least(): number {
    return this.places.reduce((least, place) => Math.min(least, this.cells[place] ?? 0), MOST);
  }

  /** One place in each row, from two hashes of the line. */
  private find(line: string): void {
    let a = 0x811c9dc5;
    let b = 0x2545f491;
    for (let i = 0; i < line.length; i += 1) {
      const unit = line.charCodeAt(i);
      a = Math.imul(a ^ unit, 0x01000193);
      b = Math.imul((b << 5) ^ (b >>> 27) ^ unit, 0x9e3779b1);
    }
    b ^= b >>> 15;
    for (let row = 0; row < ROWS; row += 1) {
      const mixed = Math.imul(a + Math.imul(row, b | 1), 0x85ebca6b);
      this.places[row] = row * CELLS + ((mixed ^ (mixed >>> 13)) & (CELLS - 1));
    }
  }
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(({ length }) => length >= SHORTEST && length <= LONGEST);
}
