import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { TrainState } from "../engine/training-session.ts";
import { formatVocabulary, type Vocabulary } from "../tokenizer/vocabulary.ts";
import { checkpointName } from "./checkpoint-directory.ts";
import { type CheckpointState, sealState, sha256 } from "./checkpoint-state.ts";
import { momentsToTensors } from "./moments.ts";
import { encodeSafetensors } from "./safetensors.ts";

export type NewCheckpoint = {
  state: Omit<CheckpointState, "files">;
  tensors: TrainState;
  vocabulary: Vocabulary;
};

/**
 * Writes `step-NNNNNN/`: everything goes to a directory with a temporary name, is synced, and the directory is
 * renamed. A crash leaves either no checkpoint or a whole one. Returns the directory. When the disk is full, what was written
 * makes room again: the log needs it.
 */
export async function writeCheckpoint(parent: string, checkpoint: NewCheckpoint): Promise<string> {
  const name = checkpointName(checkpoint.state.step);
  const workplace = join(parent, `.${name}.part`);
  await rm(workplace, { recursive: true, force: true });
  await mkdir(workplace, { recursive: true });
  try {
    await writeFiles(workplace, checkpoint);
    return await moveIntoPlace(parent, workplace, name);
  } catch (error) {
    await rm(workplace, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

async function writeFiles(workplace: string, checkpoint: NewCheckpoint): Promise<void> {
  const { state, tensors, vocabulary } = checkpoint;
  const contents: Record<string, Buffer> = {
    "model.safetensors": encodeSafetensors(tensors.parameters),
    "optimizer.safetensors": encodeSafetensors(momentsToTensors(tensors)),
    "config.json": Buffer.from(`${JSON.stringify(state.config.model, null, 2)}\n`),
    "vocab.txt": Buffer.from(formatVocabulary(vocabulary)),
  };
  const files = Object.fromEntries(
    Object.entries(contents).map(([file, bytes]) => [
      file,
      { size: bytes.length, sha256: sha256(bytes) },
    ]),
  );
  contents["state.json"] = Buffer.from(sealState({ ...state, files }));
  for (const [file, bytes] of Object.entries(contents)) {
    await writeSynced(join(workplace, file), bytes);
  }
}

/** A checkpoint of the same step from an abandoned attempt makes room first. */
async function moveIntoPlace(parent: string, workplace: string, name: string): Promise<string> {
  const target = join(parent, name);
  const old = join(parent, `.${name}.old`);
  await syncDirectory(workplace);
  await rm(old, { recursive: true, force: true });
  await rename(target, old).catch(() => undefined);
  await rename(workplace, target);
  await syncDirectory(parent);
  await rm(old, { recursive: true, force: true });
  return target;
}

async function writeSynced(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Windows cannot sync a directory; there the rename alone must do. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r").catch(() => null);
  await directory?.sync().catch(() => undefined);
  await directory?.close();
}
