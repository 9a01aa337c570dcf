import { join } from "node:path";
import type { DataConfig } from "../../recipes/data-config.ts";
import { encode } from "../../tokenizer/encode.ts";
import type { Vocabulary } from "../../tokenizer/vocabulary.ts";
import { augmentDocument } from "../augment/augment-document.ts";
import type { CueTask } from "../augment/cue.ts";
import type { TextDocument } from "../document.ts";
import { isHeldOut } from "../document-hash.ts";
import { openShardWriter, type ShardWriter } from "../shards/shard-writer.ts";
import { encodeCue } from "./encode-cue.ts";
import { addTo } from "./source-report.ts";

function cueTasks(data: DataConfig): CueTask[] {
  const { plain: _plain, ...cues } = data.tasks;
  return (Object.keys(cues) as CueTask[]).filter((task) => cues[task] > 0);
}

/** Characters of a cue that fit in a row: a Chinese token is one, an English one two or so. */
function cueBudget({ lang }: TextDocument, { length }: DataConfig): number {
  return lang === "zh" ? length : 2 * length;
}

export type ShardsPlan = {
  directory: string;
  /** Begins the names of the directories that are written. */
  key: string;
  documents: AsyncIterable<TextDocument>;
  data: DataConfig;
  vocabulary: Vocabulary;
};

export type Written = { tokens: number; cues: Record<string, number> };

/** Documents as token records, and what augmentation makes of them: a directory for each task and split. */
export async function writeShards(plan: ShardsPlan): Promise<Written> {
  const { directory, key, documents, data, vocabulary } = plan;
  const tasks = cueTasks(data);
  const writers = new Map<string, ShardWriter>();
  for (const task of ["plain", ...tasks]) {
    for (const split of ["train", "held-out"]) {
      writers.set(`${task}.${split}`, openShardWriter(join(directory, `${key}.${task}.${split}`)));
    }
  }
  const written: Written = { tokens: 0, cues: {} };
  for await (const document of documents) {
    const split = isHeldOut(document.text) ? "held-out" : "train";
    const tokens = Uint16Array.from(encode(vocabulary, document.text));
    written.tokens += tokens.length;
    writers.get(`plain.${split}`)?.append(tokens);
    for (const cue of augmentDocument(document, tasks, cueBudget(document, data))) {
      addTo(written.cues, cue.task, 1);
      writers.get(`${cue.task}.${split}`)?.append(encodeCue(vocabulary, cue));
    }
  }
  for (const writer of writers.values()) {
    writer.close();
  }
  return written;
}

/** Lines of `datasets.json` for what was written under a key. */
export function entriesOf(key: string, name: string, data: DataConfig) {
  return ["plain" as const, ...cueTasks(data)].map((task) => ({
    dataset_name: name,
    task_name: task,
    weight: data.tasks[task],
    path: `${key}.${task}.train`,
  }));
}
