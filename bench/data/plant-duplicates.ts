import type { TextDocument } from "../../trainer/data/document.ts";

/** Of each document's paragraphs, how many in a hundred a planted copy shares; over 70 it is a duplicate. */
const SHARES = [100, 90, 80, 70, 60, 50];

export type Planted = { text: string; duplicate: boolean };

/**
 * Copies of documents with some paragraphs replaced by new ones and the shared ones in another dress (marks, blanks,
 * digits and case changed), each with the answer that the rule must give.
 */
export function plantDuplicates(documents: readonly TextDocument[]): Planted[] {
  return documents.map(({ text }, i) => {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    const share = SHARES[i % SHARES.length] ?? 0;
    const shared = Math.floor((share * lines.length) / 100);
    const copy = lines.map((line, k) =>
      k < shared ? dressed(line) : `新添的第${word(i)}篇第${word(k)}段`,
    );
    return { text: copy.join("\n"), duplicate: 10 * shared > 7 * lines.length };
  });
}

function dressed(line: string): string {
  return ` ${line.toUpperCase().replaceAll("，", " , ").replaceAll("。", "！")}`;
}

/** A number in letters: digits all count as 0. */
function word(n: number): string {
  return n
    .toString(26)
    .replace(/[0-9a-p]/g, (digit) => String.fromCharCode(0x4e00 + Number.parseInt(digit, 26)));
}
