import { expect, test } from "vitest";
import { noam } from "../optim/noam.ts";
import { findRecipe } from "../recipes/find-recipe.ts";
import { learningRate, stageAt } from "./stage-at.ts";

const plan = findRecipe("demo", {});
const [, english, coolDown] = plan.stages;

test("the first step of a stage is the one after its fromStep", () => {
  const at = english?.fromStep ?? 0;
  expect(stageAt(plan, at).name).toBe("Chinese base");
  expect(stageAt(plan, at + 1).name).toBe("English added");
  expect(stageAt(plan, plan.steps).name).toBe("Cool-down");
});

test("the rate is Noam's, times a factor that falls in a straight line through the cool-down", () => {
  expect(learningRate(plan, 100, 90)).toBe(noam(90, plan.schedule));
  const from = coolDown?.fromStep ?? 0;
  const middle = from + 1 + (plan.steps - from - 1) / 2;
  expect(learningRate(plan, from + 1, 5_000)).toBeCloseTo(noam(5_000, plan.schedule), 12);
  expect(learningRate(plan, middle, 5_000)).toBeCloseTo(0.525 * noam(5_000, plan.schedule), 6);
  expect(learningRate(plan, plan.steps, 5_000)).toBeCloseTo(0.05 * noam(5_000, plan.schedule), 12);
});
