import { TrainerError } from "../trainer-error.ts";
import { demo } from "./demo.ts";
import { RunConfig } from "./run-config.ts";
import { small } from "./small.ts";
import { tiny } from "./tiny.ts";

const RECIPES: Record<string, () => RunConfig> = { demo, small, tiny };

export const RECIPE_NAMES = Object.keys(RECIPES);

export type RecipeOverrides = {
  steps?: number | undefined;
  seed?: number | undefined;
  threads?: number | undefined;
};

/** The named recipe with what the command line changed, checked as a whole. */
export function findRecipe(name: string, overrides: RecipeOverrides): RunConfig {
  const recipe = RECIPES[name];
  if (recipe === undefined) {
    throw new TrainerError(
      "usage",
      `There is no recipe "${name}". Choose one of: ${RECIPE_NAMES.join(", ")}.`,
    );
  }
  const given = Object.fromEntries(
    Object.entries(overrides).filter(([, value]) => value !== undefined),
  );
  const config = RunConfig.parse({ ...recipe(), ...given });
  return { ...config, stages: config.stages.filter(({ fromStep }) => fromStep < config.steps) };
}
