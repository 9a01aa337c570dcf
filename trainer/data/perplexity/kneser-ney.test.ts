import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { discounts, trainKneserNey } from "./kneser-ney.ts";
import { judgePerplexity, percentile } from "./perplexity-filter.ts";

describe("modified Kneser–Ney", () => {
  test("gives the values worked out by hand for ab, ab, ac with two characters' memory", () => {
    const model = trainKneserNey(["ab", "ab", "ac"], { order: 2, prune: 1 });
    // Pairs: ^a 3, ab 2, ac 1, b$ 2, c$ 1; discounts ½, 1, 1½. Singles count predecessors: a 1, b 1, c 1, $ 2, of 5.
    // Discounts there: a, b, c ½ and $ 1, so 2½ of 5 is handed down to 5 ids (a, b, c, end, unknown): 0.1 each.
    const single = { a: 0.5 / 5 + 0.1, b: 0.5 / 5 + 0.1, end: 1 / 5 + 0.1 };
    // After a: b has (2 − 1)/3, c (1 − ½)/3, and ½ is handed down.
    expect(model.probability("a", "b")).toBeCloseTo(1 / 3 + 0.5 * single.b, 6);
    expect(model.probability("a", "c")).toBeCloseTo(1 / 6 + 0.5 * single.b, 6);
    expect(model.probability("a", "x")).toBeCloseTo(0.5 * 0.1, 6);
    // At the beginning: a has (3 − 1½)/3.
    expect(model.probability("", "a")).toBeCloseTo(0.5 + 0.5 * single.a, 6);
    expect(model.probability("ab", null)).toBeCloseTo(0.5 + 0.5 * single.end, 6);
    const product = (0.5 + 0.5 * single.a) * (1 / 3 + 0.5 * single.b) * (0.5 + 0.5 * single.end);
    expect(model.perplexity("ab")).toBeCloseTo(product ** (-1 / 3), 5);
  });

  test("takes the discounts from the counts of counts", () => {
    // n1 = 4, n2 = 2, n3 = 1, n4 = 1: Y = ½, so 1 − ½, 2 − ¾, 3 − 2.
    expect(discounts([1, 1, 1, 1, 2, 2, 3, 4])).toEqual([0.5, 1.25, 1]);
    expect(discounts([1, 1])).toEqual([0.5, 1, 1.5]);
  });

  test("the probabilities after any history add up to one, pruned or not", () => {
    const letters = fc.string({
      unit: fc.constantFrom("a", "b", "c"),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        fc.array(letters, { minLength: 1, maxLength: 10 }),
        letters,
        fc.constantFrom(1, 2),
        (texts, history, prune) => {
          const model = trainKneserNey(texts, { order: 3, prune });
          const known = new Set(texts.join(""));
          const all = [...known, null, "unknown character"[0] ?? ""].map((next) =>
            model.probability(history, next),
          );
          expect(all.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 4);
        },
      ),
    );
  });

  test("text of the kind that it was trained on is likelier than shuffled text", () => {
    const model = trainKneserNey(
      Array.from({ length: 30 }, () => "春江潮水連海平，海上明月共潮生。"),
    );
    expect(model.perplexity("海上明月共潮生。")).toBeLessThan(
      model.perplexity("月生共海上潮明。") / 2,
    );
    expect(model.perplexity("")).toBe(1);
  });
});

test("the cut is a percentile of the held-out perplexities, and a text that only repeats goes as well", () => {
  const values = Array.from({ length: 20 }, (_, i) => i + 1);
  expect(percentile(values, 0.95)).toBe(19);
  expect(judgePerplexity(19, 19)).toBeNull();
  expect(judgePerplexity(19.01, 19)).toBe("perplexity");
  expect(judgePerplexity(1, 19)).toBe("repetition");
});
