import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TrainState } from "../engine/training-session.ts";
import { parseVocabulary, type Vocabulary } from "../tokenizer/vocabulary.ts";
import { TrainerError } from "../trainer-error.ts";
import { checkpointName, listCheckpoints } from "./checkpoint-directory.ts";
import { type CheckpointState, openState, sha256 } from "./checkpoint-state.ts";
import { tensorsToMoments } from "./moments.ts";
import { decodeSafetensors } from "./safetensors.ts";

export type Checkpoint = {
  directory: string;
  state: CheckpointState;
  tensors: TrainState;
  vocabulary: Vocabulary;
};

/** Reads a checkpoint and checks every file against its recorded size and SHA-256; the first that differs is named. */
export async function readCheckpoint(directory: string): Promise<Checkpoint> {
  const state = await readState(directory);
  const load = (file: string): Promise<Buffer> => readVerified(directory, file, state);
  const parameters = decodeSafetensors(await load("model.safetensors"));
  const moments = tensorsToMoments(decodeSafetensors(await load("optimizer.safetensors")));
  await load("config.json");
  const vocabulary = parseVocabulary((await load("vocab.txt")).toString("utf8"));
  return { directory, state, tensors: { parameters, ...moments }, vocabulary };
}

export async function readState(directory: string): Promise<CheckpointState> {
  const text = await readFile(join(directory, "state.json"), "utf8").catch(() => null);
  if (text === null) {
    throw new TrainerError(
      "data",
      `${directory} has no state.json. Name a checkpoint directory such as …/checkpoints/${checkpointName(200)}.`,
    );
  }
  const state = openState(text);
  if (state === null) {
    throw new TrainerError(
      "data",
      `${join(directory, "state.json")} is damaged or of another version. Use another checkpoint.`,
    );
  }
  return state;
}

export async function readVerified(
  directory: string,
  file: string,
  state: CheckpointState,
): Promise<Buffer> {
  const bytes = await readFile(join(directory, file)).catch(() => null);
  if (bytes === null || sha256(bytes) !== state.files[file]?.sha256) {
    throw new TrainerError(
      "data",
      `${join(directory, file)} is ${bytes === null ? "missing" : "damaged: its SHA-256 differs from state.json"}. Use another checkpoint.`,
    );
  }
  return bytes;
}

/** The newest whole checkpoint. Broken ones are passed over and named through `complain`; null when there is none. */
export async function readNewestCheckpoint(
  parent: string,
  complain: (message: string) => void,
): Promise<Checkpoint | null> {
  for (const step of (await listCheckpoints(parent)).reverse()) {
    try {
      return await readCheckpoint(join(parent, checkpointName(step)));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      complain(`The checkpoint of step ${step} is passed over: ${reason}`);
    }
  }
  return null;
}
