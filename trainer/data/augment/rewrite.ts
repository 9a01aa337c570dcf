import type { Random } from "../random.ts";
import { type CueMaker, joinSentences, MASK_MARK } from "./cue.ts";
import { sentencesOf, takePassage } from "./sentences.ts";

const LEAST = 0.15;
const MOST = 0.3;
const MEAN_SPAN = 3;

/** Knuth's method; a mean of 3 needs four draws or so. */
function poisson(mean: number, random: Random): number {
  const limit = Math.exp(-mean);
  let product = random.next();
  let count = 0;
  while (product > limit) {
    product *= random.next();
    count += 1;
  }
  return count;
}

/** Deletes spans or puts a mask in their place until 15 to 30 % of the units are gone. */
function noise(units: string[], random: Random): string[] {
  const out: (string | null)[] = [...units];
  let left = Math.round((LEAST + (MOST - LEAST) * random.next()) * units.length);
  while (left > 0) {
    const length = Math.min(left, Math.max(1, poisson(MEAN_SPAN, random)));
    const from = random.below(Math.max(1, units.length - length + 1));
    out.fill(null, from, from + length);
    if (random.next() < 0.5) {
      out[from] = MASK_MARK;
    }
    left -= length;
  }
  return out.filter((unit) => unit !== null);
}

/** Swaps one pair of neighbouring clauses. */
function swapClauses(sentence: string, random: Random): string {
  const clauses = sentence.match(/[^，,；;]+[，,；;]?/g) ?? [];
  if (clauses.length < 3) {
    return sentence;
  }
  const at = random.below(clauses.length - 2);
  const [first, second] = [clauses[at] ?? "", clauses[at + 1] ?? ""];
  clauses.splice(at, 2, second, first);
  return clauses.join("");
}

/** Denoising: the passage with spans missing, sentences in another order, clauses swapped; to be written as it was. */
export const makeRewrite: CueMaker = ({ text, lang }, { budget, random }) => {
  const sentences = takePassage(sentencesOf(text), budget / 2, (n) => random.below(n));
  if (sentences === null) {
    return null;
  }
  const order = [...random.permutation(sentences.length)].map((i) => sentences[i] ?? "");
  const moved = lang === "zh" ? order.map((sentence) => swapClauses(sentence, random)) : order;
  const joined = joinSentences(moved, lang);
  const units = lang === "zh" ? [...joined] : joined.split(" ");
  return {
    task: "rewrite",
    parts: [
      { text: noise(units, random).join(lang === "zh" ? "" : " "), segment: 1 },
      { text: joinSentences(sentences, lang), segment: 2 },
    ],
  };
};
