import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { SourceReport } from "#server/data/contract.ts";
import { TrainerError } from "../trainer-error.ts";
import { readVocabulary } from "./build/read-vocabulary.ts";
import { openEntry, openHeldOut, readEntries } from "./datasets-file.ts";
import { type Limits, misfit } from "./misfit.ts";
import type { Corpus } from "./prepare-corpus.ts";

/** A built corpus as its `datasets.json` says; null when it has not been built. */
export function readCorpus(directory: string, model: Limits): Corpus | null {
  if (!existsSync(join(directory, "report.json"))) {
    return null;
  }
  const entries = readEntries(directory).filter(({ mask }) => !mask);
  const train = entries.map((entry) => openEntry(directory, entry));
  for (const dataset of train) {
    const reason = misfit(dataset, model);
    if (reason !== null) {
      throw new TrainerError(
        "data",
        `${reason}. Give the recipe's model more of them, or mask the dataset in ${directory}.`,
      );
    }
  }
  const reports = z
    .array(SourceReport)
    .parse(JSON.parse(readFileSync(join(directory, "report.json"), "utf8")));
  const records = reports.map(({ name, lang, source, licence, kept, bytes }) => ({
    name,
    lang,
    package: source,
    version: null,
    licence,
    textLicence: licence,
    integrity: null,
    documents: kept,
    characters: bytes,
  }));
  return {
    vocabulary: readVocabulary(directory),
    train,
    heldOut: entries.flatMap((entry) => openHeldOut(directory, entry) ?? []),
    records,
    directory,
  };
}
