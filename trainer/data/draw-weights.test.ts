import { expect, test } from "vitest";
import { drawWeights, isDrawable, mixInForce, type Weighted } from "./draw-weights.ts";

const PLAIN: Weighted = { name: "chinese", task: "plain", weight: 1, samples: 30 };
const QA: Weighted = { name: "chinese", task: "qa", weight: 0.5, samples: 20 };
const ENGLISH: Weighted = { name: "english", task: "plain", weight: 1, samples: 10 };
const ALL = [PLAIN, QA, ENGLISH];

test("the mix says a name's share; within a name a dataset counts weight × samples", () => {
  expect(drawWeights(ALL, { chinese: 0.8, english: 0.2 })).toEqual([0.6, 0.2, 0.2]);
});

test("a key of task and name multiplies those datasets only", () => {
  expect(drawWeights(ALL, { chinese: 1, "qa.chinese": 3 })).toEqual([0.5, 0.5, 0]);
});

test("what the file gives no weight is never drawn, whatever the mix says", () => {
  expect(isDrawable([{ ...ENGLISH, weight: 0 }], { english: 1 })).toBe(false);
  expect(isDrawable(ALL, { french: 1 })).toBe(false);
  expect(isDrawable(ALL, { english: 1 })).toBe(true);
});

test("a name that the stage does not know shares with the sum of its own weights", () => {
  const news: Weighted = { name: "news", task: "plain", weight: 0.4, samples: 9 };
  expect(mixInForce({ chinese: 1, english: 0 }, null, [...ALL, news])).toEqual({
    chinese: 1,
    english: 0,
    news: 0.4,
  });
});

test("a command that names sources stands in the place of the stage's mix; one that names tasks only changes it", () => {
  const stage = { chinese: 1, english: 1 };
  expect(mixInForce(stage, { english: 2 }, ALL)).toEqual({ english: 2 });
  expect(mixInForce(stage, { "qa.chinese": 2 }, ALL)).toEqual({ ...stage, "qa.chinese": 2 });
});
