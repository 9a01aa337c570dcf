import { RECIPE_NAMES } from "../recipes/find-recipe.ts";
import type { Verb } from "./parse-arguments.ts";

const TEXTS: Record<Verb, string> = {
  train: `npm run trainer -- train --recipe NAME [options]

Trains a model from nothing, or goes on from its newest checkpoint. The data are what "data build" built for the recipe, as
its datasets.json says now and while the training runs; without a built corpus, the recipe's plain texts.

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
  --beams N        search for the likeliest text over N beams instead of drawing (1: draw)
  --repetition-penalty X
                   make tokens that stand in the answer already less likely (1: off)
  --seed N         the same seed gives the same text (1234)
  --threads N      processor threads (1)
  --stream         print each piece as it is written, as JSON lines {"id", "text"}, and {"id", "done", "whole"} at
                   the end. Without --prompt, answer requests from stdin, one JSON line each, with the model loaded
                   once: {"id", "prompt", "maxTokens", "temperature", "topP", "beams", "repetitionPenalty", "seed"};
                   what is left out is as given here.`,
  export: `npm run trainer -- export --checkpoint DIR --out DIR [options]

Writes a checkpoint's model for other programs, after verifying it.

  --checkpoint DIR a directory step-NNNNNN
  --out DIR        where model.safetensors, config.json and vocab.txt go
  --format F       hf: transformers' CpmAntForCausalLM; native: the original's names; int8: the same with the layers'
                   matrices in bytes, a step for each row (hf)
  --dtype D        fp32, fp16 or bf16 (fp32); int8 has its own
  --lm-head H      vocab: with an output layer, for transformers since August 2026;
                   omit: for older ones, which tie it to the embedding (vocab)`,
  package: `npm run trainer -- package --checkpoint DIR --out DIR --format F

Writes a checkpoint in one of the formats of a release, reads it again and compares its logits with the checkpoint's own.
Prints how far it is and what it found as JSON lines; fails when the predictions stray too far.

  --checkpoint DIR a directory step-NNNNNN
  --out DIR        an empty directory
  --format F       hf-fp32, hf-bf16, hf-fp16, native or int8
  --threads N      processor threads (1)`,
  publish: `npm run trainer -- publish --checkpoint DIR --model NAME [options]

Hands a checkpoint that the portal knows to a model as the draft of its next release. The portal builds the formats;
another engineer approves it there. For engineers: the token is one of yours, of scope control.

  --checkpoint DIR a directory step-NNNNNN of a training that reported to the portal
  --model NAME     the model's name in its address
  --version V      such as 1.0 (the next one)
  --formats LIST   hf-fp32,hf-bf16,hf-fp16,native,int8 or some of them (all)
  --portal URL     the portal (or CPM_PORTAL_URL)
  --token T        your token of scope control (or CPM_PORTAL_TOKEN)`,
  eval: `npm run trainer -- eval --checkpoint DIR [options]

Prints the held-out losses of a checkpoint as JSON: over all, per task and per source.

  --checkpoint DIR a directory step-NNNNNN
  --threads N      processor threads (1)`,
  inspect: `npm run trainer -- inspect --checkpoint DIR

Verifies a checkpoint and prints where its run stands and each tensor's shape and statistics.

  --checkpoint DIR a directory step-NNNNNN`,
  report: `npm run trainer -- report --run DIR --out FILE.md

Writes a report of a training: losses by task, curves, samples, memory, energy, events. The drawings go to a folder
beside it.

  --run DIR        where the training wrote its checkpoints and logs (its --out)
  --out FILE.md    the report`,
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
  export     write a checkpoint's model for other programs
  package    write one format of a release and prove it
  publish    hand a checkpoint to the portal as the draft of a release
  eval       the held-out losses of a checkpoint
  inspect    verify a checkpoint and show what it holds
  report     write a report of a training from its log
  data       build a corpus, add to it, report what became of its texts; its steps from stdin to stdout

VERB --help explains each.`;
}
