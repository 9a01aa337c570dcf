import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { TrainerError } from "../trainer-error.ts";
import type { Dataset } from "./dataset.ts";
import { META_FILE, openShards } from "./shards/open-shards.ts";

export const DATASETS_FILE = "datasets.json";

/**
 * An entry of `datasets.json`. `path` is the directory of its shards, from the file's own; `mask` leaves it out as weight 0
 * does, but remembers the weight.
 */
const Entry = z.object({
  dataset_name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "use a-z, 0-9 and -"),
  task_name: z.enum(["plain", "summary", "qa", "rewrite", "en-zh", "zh-en"]),
  weight: z.number().min(0),
  path: z.string().min(1),
  mask: z.boolean().default(false),
});
const Entries = z
  .array(Entry)
  .min(1)
  .refine(
    (entries) => new Set(entries.map(({ path }) => path)).size === entries.length,
    "two entries have the same path",
  );
export type Entry = z.infer<typeof Entry>;

/** The entries of a directory's `datasets.json`; what is wrong with it is said in one sentence. */
export function readEntries(directory: string): Entry[] {
  const path = resolve(directory, DATASETS_FILE);
  try {
    return Entries.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    const [issue] = cause instanceof z.ZodError ? cause.issues : [];
    const reason =
      issue === undefined
        ? `${cause instanceof Error ? cause.message : String(cause)}`
        : `${issue.path.join(".")}: ${issue.message}`;
    throw new TrainerError(
      "data",
      `${path} cannot be used (${reason}). Mend it and save it again.`,
      {
        cause,
      },
    );
  }
}

/** An entry's records, opened and verified. */
export function openEntry(directory: string, entry: Entry): Dataset {
  return openAt(directory, entry, entry.path);
}

/** The held-out records beside an entry's; null where there are none. */
export function openHeldOut(directory: string, entry: Entry): Dataset | null {
  const path = entry.path.replace(/\.train$/, ".held-out");
  return path !== entry.path && existsSync(resolve(directory, path, META_FILE))
    ? openAt(directory, entry, path)
    : null;
}

function openAt(directory: string, entry: Entry, path: string): Dataset {
  const { dataset_name: name, task_name: task, weight } = entry;
  return { key: entry.path, name, task, weight, store: openShards(resolve(directory, path)) };
}
