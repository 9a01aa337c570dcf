import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { parseVocabulary } from "../tokenizer/vocabulary.ts";
import { TrainerError } from "../trainer-error.ts";
import { SourceReport } from "./build/source-report.ts";
import { openEntry, openHeldOut, readEntries } from "./datasets-file.ts";
import { type Limits, misfit } from "./misfit.ts";
import type { Corpus } from "./prepare-corpus.ts";

/** A built corpus as its `datasets.json` says; null when it has not been built. */
export function readCorpus(directory: string, model: Limits): Corpus | null {
  if (!existsSync(join(directory, "report.json"))) {
    return null;
  }
  const read = (file: string): string => readFileSync(join(directory, file), "utf8");
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
  const reports = z.array(SourceReport).parse(JSON.parse(read("report.json")));
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
    vocabulary: parseVocabulary(read("vocab.txt")),
    train,
    heldOut: entries.flatMap((entry) => openHeldOut(directory, entry) ?? []),
    records,
    directory,
  };
}
