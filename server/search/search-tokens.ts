const HAN = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}";
const RUN = new RegExp(`[${HAN}]+`, "gu");

/** Chinese has no spaces: a run of its characters is found by its pairs, and by its last character alone. */
function pairsOf(run: string): string[] {
  const characters = [...run];
  return characters.map((character, index) => character + (characters[index + 1] ?? ""));
}

const plain = (text: string) => text.normalize("NFKC").toLowerCase();

/** The text that Postgres takes apart: words as they stand, Chinese as pairs. */
export function toTokens(text: string): string {
  return plain(text).replaceAll(RUN, (run) => ` ${pairsOf(run).join(" ")} `);
}

/** What is asked for: words for `websearch_to_tsquery`, and pairs that must all be there (`:*` for a lone character). */
export function toQuery(text: string): { words: string; pairs: string } {
  const runs = plain(text).match(RUN) ?? [];
  const pairs = runs.flatMap((run) => {
    const all = pairsOf(run);
    return all.length === 1
      ? all.map((one) => `'${one}':*`)
      : all.slice(0, -1).map((one) => `'${one}'`);
  });
  return { words: plain(text).replaceAll(RUN, " ").trim(), pairs: [...new Set(pairs)].join(" & ") };
}
