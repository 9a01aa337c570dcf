import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { formatVocabulary } from "../tokenizer/vocabulary.ts";
import { TrainerError } from "../trainer-error.ts";
import type { Dataset } from "./dataset.ts";
import { DATASETS_FILE, type Entry, openEntry, openHeldOut, readEntries } from "./datasets-file.ts";
import { type Limits, misfit } from "./misfit.ts";
import type { Corpus } from "./prepare-corpus.ts";
import { META_FILE } from "./shards/open-shards.ts";
import { tellChange } from "./tell-change.ts";

/** What became of the file: the data that are drawn from now on, or why they stay as they were. */
export type DataChange =
  | { kind: "changed"; train: Dataset[]; heldOut: Dataset[]; message: string }
  | { kind: "refused"; message: string };

/** Null, or why data that can be read are not wanted all the same. */
type Judge = (train: Dataset[]) => string | null;

/** Looks once; null when nothing has changed since the last look. */
export type DatasetWatch = (judge: Judge) => DataChange | null;

/** A file is taken when it has stayed the same for so long: who saves it may not be done yet. */
const QUIET_MS = 200;

export type WatchOptions = { corpus: Corpus; model: Limits; quietMs?: number };

/** An open dataset, and how its meta.bin looked before it was opened. */
type Slot = { stamp: string; train: Dataset; heldOut: Dataset | null };

/**
 * Watches `datasets.json` of a built corpus, and the `meta.bin` of its datasets, by what the file system says of them. A
 * change is taken as a whole or not at all. A corpus that was not built has no such file and never changes.
 */
export function watchDatasets({ corpus, model, quietMs = QUIET_MS }: WatchOptions): DatasetWatch {
  const { directory } = corpus;
  if (directory === null) {
    return () => null;
  }
  let slots = corpus.train.map(
    (train): Slot => ({
      stamp: stampOf(directory, train.key, META_FILE),
      train,
      heldOut: corpus.heldOut.find(({ key }) => key === train.key) ?? null,
    }),
  );
  let settled = stampAll(directory, slots);
  let seen = { stamp: settled, at: 0 };
  const take = (judge: Judge): DataChange => {
    const opened = reopen({ directory, corpus, model }, slots);
    const train = opened.map((slot) => slot.train);
    const reason = judge(train);
    if (reason !== null) {
      closeAllBut(opened, slots);
      throw new TrainerError("data", reason);
    }
    const before = slots;
    slots = opened;
    closeAllBut(before, opened);
    const message = tellChange(
      before.map((slot) => slot.train),
      train,
    );
    return {
      kind: "changed",
      train,
      heldOut: opened.flatMap((slot) => slot.heldOut ?? []),
      message,
    };
  };
  return (judge) => {
    const stamp = stampAll(directory, slots);
    if (stamp === settled) {
      return null;
    }
    const now = performance.now();
    seen = stamp === seen.stamp ? seen : { stamp, at: now };
    if (now - seen.at < quietMs) {
      return null;
    }
    settled = stamp;
    try {
      const change = take(judge);
      // Of the file as it was before it was read: what was saved meanwhile is noticed at the next look.
      const file = stamp.slice(0, stamp.indexOf("\n"));
      settled = [file, ...slots.map((slot) => slot.stamp)].join("\n");
      return change;
    } catch (error) {
      return { kind: "refused", message: error instanceof Error ? error.message : String(error) };
    }
  };
}

function stampAll(directory: string, slots: Slot[]): string {
  const metas = slots.map(({ train }) => stampOf(directory, train.key, META_FILE));
  return [stampOf(directory, ".", DATASETS_FILE), ...metas].join("\n");
}

function stampOf(directory: string, folder: string, file: string): string {
  const found = statSync(resolve(directory, folder, file), { throwIfNoEntry: false });
  return found === undefined ? "absent" : [found.ino, found.size, found.mtimeMs].join(" ");
}

type Place = { directory: string; corpus: Corpus; model: Limits };

/** What the file asks for. Datasets that are open already and have not changed stay open; nothing stays open on failure. */
function reopen(place: Place, slots: Slot[]): Slot[] {
  checkVocabulary(place);
  const opened: Slot[] = [];
  try {
    for (const entry of readEntries(place.directory).filter(({ mask }) => !mask)) {
      opened.push(openSlot(place, entry, slots));
    }
    return opened;
  } catch (error) {
    closeAllBut(opened, slots);
    throw error;
  }
}

function openSlot({ directory, model }: Place, entry: Entry, slots: Slot[]): Slot {
  const { dataset_name: name, task_name: task, weight, path } = entry;
  const stamp = stampOf(directory, path, META_FILE);
  const open = slots.find((slot) => slot.train.key === path && slot.stamp === stamp);
  if (open !== undefined) {
    const heldOut = open.heldOut === null ? null : { ...open.heldOut, name, task };
    return { stamp, train: { ...open.train, name, task, weight }, heldOut };
  }
  const train = openEntry(directory, entry);
  const reason = misfit(train, model);
  if (reason !== null) {
    train.store.close();
    throw new TrainerError("data", `${reason}.`);
  }
  return { stamp, train, heldOut: openHeldOut(directory, entry) };
}

/** Ids of another vocabulary would be other words. */
function checkVocabulary({ directory, corpus }: Place): void {
  const text = readFileSync(join(directory, "vocab.txt"), "utf8");
  if (text !== formatVocabulary(corpus.vocabulary)) {
    throw new TrainerError(
      "data",
      `${directory} has another vocabulary than this run began with; it was built anew.`,
    );
  }
}

function closeAllBut(slots: Slot[], kept: Slot[]): void {
  const stores = (list: Slot[]) =>
    list.flatMap(({ train, heldOut }) => [
      train.store,
      ...(heldOut === null ? [] : [heldOut.store]),
    ]);
  const open = new Set(stores(kept));
  for (const store of stores(slots)) {
    if (!open.has(store)) {
      store.close();
    }
  }
}
