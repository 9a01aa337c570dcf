import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { removeLeftovers } from "../checkpoint/checkpoint-directory.ts";
import { type Checkpoint, readNewestCheckpoint } from "../checkpoint/read-checkpoint.ts";
import type { RunConfig } from "../recipes/run-config.ts";
import type { Vocabulary } from "../tokenizer/vocabulary.ts";
import { TrainerError } from "../trainer-error.ts";

export type StartOptions = {
  directory: string;
  resume: boolean;
  config: RunConfig;
  vocabulary: Vocabulary;
  say: (text: string) => void;
};

/** The checkpoint that this start goes on from, or null for a run from nothing. */
export async function findStart({
  directory,
  resume,
  config,
  vocabulary,
  say,
}: StartOptions): Promise<Checkpoint | null> {
  const parent = join(directory, "checkpoints");
  await mkdir(parent, { recursive: true });
  await removeLeftovers(parent);
  const checkpoint = await readNewestCheckpoint(parent, say);
  if (checkpoint !== null && !resume) {
    throw new TrainerError(
      "usage",
      `${directory} has checkpoints up to step ${checkpoint.state.step}. Add --resume to go on from there, or choose another directory with --out.`,
    );
  }
  if (checkpoint !== null) {
    checkSameRun(checkpoint, config, vocabulary);
  }
  return checkpoint;
}

/** Steps, threads and what is reported may change between starts; what the numbers depend on may not. */
function checkSameRun(checkpoint: Checkpoint, config: RunConfig, vocabulary: Vocabulary): void {
  const { model, data, seed } = checkpoint.state.config;
  for (const [name, now, before] of [
    ["model", config.model, model],
    ["data", config.data, data],
    ["seed", config.seed, seed],
    ["vocabulary", vocabulary.tokens, checkpoint.vocabulary.tokens],
  ] as const) {
    if (!isDeepStrictEqual(now, before)) {
      throw new TrainerError(
        "usage",
        `The recipe's ${name} differs from that of ${checkpoint.directory}. Start the changed recipe in another directory with --out.`,
      );
    }
  }
}
