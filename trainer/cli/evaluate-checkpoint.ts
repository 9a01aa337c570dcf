import { join } from "node:path";
import { readCheckpoint } from "../checkpoint/read-checkpoint.ts";
import { TASKS } from "../data/make-sample.ts";
import { openCorpus } from "../data/open-corpus.ts";
import { createTrainingSession } from "../engine/training-session.ts";
import { readEnv } from "../env.ts";
import { evaluateHeldOut, prepareHeldOut } from "../loop/held-out.ts";
import { TrainerError } from "../trainer-error.ts";
import type { EvalCommand } from "./parse-arguments.ts";

/** The held-out losses of a checkpoint on its recipe's own corpus: the numbers that the run itself reported there. */
export async function evaluateCheckpoint({
  checkpoint: directory,
  threads,
}: EvalCommand): Promise<Record<string, number>> {
  const { state, tensors, vocabulary } = await readCheckpoint(directory);
  const { config } = state;
  const corpus = await openCorpus(config, join(readEnv().dataDir, "corpus"), () => undefined);
  if (corpus.vocabulary.tokens.join("\n") !== vocabulary.tokens.join("\n")) {
    throw new TrainerError(
      "data",
      `The corpus in ${readEnv().dataDir} has another vocabulary than ${directory}. Set DATA_DIR to the folder that the run used.`,
    );
  }
  const { rows, length, evalBatches } = config.data;
  const session = await createTrainingSession({
    config: config.model,
    rows,
    length,
    tasks: TASKS.length,
    state: tensors,
    optimizer: config.optimizer,
    executor: config.executor,
    threads,
  });
  try {
    const heldOut = prepareHeldOut({
      datasets: corpus.heldOut,
      shape: { rows, length, promptLength: config.model.prompt_length },
      batches: evalBatches,
      seed: config.seed,
    });
    const { results } = await evaluateHeldOut(session, heldOut);
    return results;
  } finally {
    await session.release();
  }
}
