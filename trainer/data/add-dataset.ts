import { existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DataConfig } from "../recipes/data-config.ts";
import { TrainerError } from "../trainer-error.ts";
import { readVocabulary } from "./build/read-vocabulary.ts";
import { entriesOf, type Written, writeShards } from "./build/write-shards.ts";
import { DATASETS_FILE, readEntries } from "./datasets-file.ts";
import type { TextDocument } from "./document.ts";

export type Addition = {
  /** The built corpus. */
  directory: string;
  data: DataConfig;
  name: string;
  /** Multiplies the weights that the recipe gives the tasks. */
  weight: number;
  documents: AsyncIterable<TextDocument>;
};

/**
 * Adds documents to a built corpus, in its vocabulary and with the recipe's cues, while trainings draw from it: shards
 * first, then `datasets.json`, which is renamed into place. Several additions may have the same name.
 */
export async function addDataset(addition: Addition): Promise<Written & { key: string }> {
  const { directory, data, name, weight, documents } = addition;
  if (!existsSync(join(directory, DATASETS_FILE))) {
    throw new TrainerError(
      "data",
      `There is no built corpus in ${directory}. Run data build with the same recipe first.`,
    );
  }
  const vocabulary = readVocabulary(directory);
  const key = freeKey(directory, name);
  const written = await writeShards({ directory, key, documents, data, vocabulary });
  const added = entriesOf(key, name, data).map((entry) => ({
    ...entry,
    weight: entry.weight * weight,
  }));
  const path = join(directory, DATASETS_FILE);
  const entries = [...readEntries(directory), ...added];
  writeFileSync(`${path}.part`, `${JSON.stringify(entries, null, 2)}\n`);
  renameSync(`${path}.part`, path);
  return { key, ...written };
}

function freeKey(directory: string, name: string): string {
  for (let i = 1; ; i += 1) {
    const key = `added-${i}-${name}`;
    if (!existsSync(join(directory, `${key}.plain.train`))) {
      return key;
    }
  }
}
