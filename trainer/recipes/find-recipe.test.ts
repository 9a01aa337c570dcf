import { expect, test } from "vitest";
import { findRecipe, RECIPE_NAMES } from "./find-recipe.ts";

test.each(RECIPE_NAMES)(
  "the recipe %s is sound: stages rise from 0, mixes name its sources, sizes agree",
  (name) => {
    const config = findRecipe(name, {});
    const names = config.data.datasets.map(({ name }) => name);
    expect(config.stages[0]?.fromStep).toBe(0);
    expect(
      config.stages.every(
        ({ fromStep }, i) => i === 0 || fromStep > (config.stages[i - 1]?.fromStep ?? 0),
      ),
    ).toBe(true);
    expect(
      config.stages
        .flatMap(({ mix }) => Object.keys(mix))
        .every((source) => names.includes(source)),
    ).toBe(true);
    expect(config.model.vocab_size).toBe(config.data.vocabulary.size);
  },
);

test("a shorter run leaves out the stages that it does not reach", () => {
  expect(findRecipe("demo", { steps: 100 }).stages.map(({ name }) => name)).toEqual([
    "Chinese base",
  ]);
});

test("an unknown recipe names the known ones", () => {
  expect(() => findRecipe("dmeo", {})).toThrow(/demo, small, tiny/);
});
