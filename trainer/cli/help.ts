import { RECIPE_NAMES } from "../recipes/find-recipe.ts";
import type { Verb } from "./parse-arguments.ts";

const TEXTS: Record<Verb, string> = {
  train: `npm run trainer -- train --recipe NAME [options]

Trains a model from nothing, or goes on from its newest checkpoint.

  --recipe NAME    one of: ${RECIPE_NAMES.join(", ")}
  --steps N        how many steps the plan has, instead of the recipe's
  --out DIR        where checkpoints and logs go (.data/trainer/NAME)
  --resume         go on from the newest whole checkpoint in --out, if there is one
  --portal URL     report to this portal (or CPM_PORTAL_URL)
  --token T        its token (or CPM_PORTAL_TOKEN)
  --seed N         another seed than the recipe's
  --threads N      processor threads for the computation

Ctrl-C finishes the step, writes a checkpoint, sends what is left to report, and ends.`,
  logits: `npm run trainer -- logits --checkpoint DIR --ids 6,12,13 [options]

Prints {"logits": [...]}: one number per vocabulary entry for what follows the last id.
All ids are given context; the prompt stands before them.

  --checkpoint DIR a directory step-NNNNNN
  --ids LIST       token ids separated by commas
  --slot N         prompt slot (2: continuation)
  --segment N      segment type of the ids (2)
  --threads N      processor threads (1)`,
  generate: `npm run trainer -- generate --checkpoint DIR --prompt TEXT [options]

Continues a text.

  --checkpoint DIR a directory step-NNNNNN
  --prompt TEXT    the text to continue
  --max-tokens N   at most so many new tokens (64)
  --temperature X  0 takes the likeliest token every time (0.9)
  --top-p X        draw from the likeliest tokens that together reach this probability (0.9)
  --seed N         the same seed gives the same text (1234)
  --threads N      processor threads (1)`,
};

/** Help for one verb, or an overview. */
export function helpText(verb: Verb | null): string {
  if (verb !== null) {
    return TEXTS[verb];
  }
  return `npm run trainer -- VERB [options]

  train      train a model and report how it goes
  logits     what a checkpoint expects after some token ids, as JSON
  generate   continue a text with a checkpoint

VERB --help explains each.`;
}
