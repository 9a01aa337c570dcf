import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Executor } from "../engine/training-session.ts";
import { ModelConfig } from "../model/config.ts";
import type { NamedTensors } from "../model/parameters.ts";
import { parseVocabulary, type Vocabulary } from "../tokenizer/vocabulary.ts";
import { TrainerError } from "../trainer-error.ts";
import { readState, readVerified } from "./read-checkpoint.ts";
import { decodeSafetensors } from "./safetensors.ts";

/** Where nothing says how long the rows of the training were. */
const USUAL_LENGTH = 512;

/** A model that is asked, not trained. `length` is the row length of its training, positions. */
export type Model = {
  config: ModelConfig;
  parameters: NamedTensors;
  vocabulary: Vocabulary;
  length: number;
  executor: Executor;
};

/**
 * Reads what answering needs; the optimizer's file may be missing. With `state.json` every file is checked against its
 * SHA-256; a directory of only `model.safetensors`, `config.json` and `vocab.txt` is taken as it is.
 */
export async function readModel(directory: string): Promise<Model> {
  const hasState = (await stat(join(directory, "state.json")).catch(() => null)) !== null;
  const state = hasState ? await readState(directory) : null;
  const load = (file: string): Promise<Buffer> =>
    state === null ? readPlain(directory, file) : readVerified(directory, file, state);
  const parameters = decodeSafetensors(await load("model.safetensors"));
  const vocabulary = parseVocabulary((await load("vocab.txt")).toString("utf8"));
  const config = ModelConfig.parse(JSON.parse((await load("config.json")).toString("utf8")));
  const { data, executor } = state?.config ?? {
    data: { length: USUAL_LENGTH },
    executor: "onnx" as const,
  };
  return { config, parameters, vocabulary, length: data.length, executor };
}

async function readPlain(directory: string, file: string): Promise<Buffer> {
  const bytes = await readFile(join(directory, file)).catch(() => null);
  if (bytes === null) {
    throw new TrainerError(
      "data",
      `${directory} has no ${file}. Name a checkpoint directory such as …/checkpoints/step-000200.`,
    );
  }
  return bytes;
}
