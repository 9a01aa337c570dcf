import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { parseVocabulary } from "../../tokenizer/vocabulary.ts";
import type { TokenStore } from "../cut-pieces.ts";
import type { Corpus } from "../prepare-corpus.ts";
import { readShards } from "../shards/read-shards.ts";
import { SourceReport } from "./source-report.ts";

const Datasets = z.array(
  z.object({
    dataset_name: z.string(),
    task_name: z.string(),
    weight: z.number(),
    path: z.string(),
  }),
);

function concatenate(stores: TokenStore[]): TokenStore {
  const total = stores.reduce((sum, { tokens }) => sum + tokens.length, 0);
  const tokens = new Uint16Array(total);
  const starts: number[] = [0];
  let at = 0;
  for (const store of stores) {
    tokens.set(store.tokens, at);
    for (const start of store.starts.subarray(1)) {
      starts.push(at + start);
    }
    at += store.tokens.length;
  }
  return { tokens, starts: Uint32Array.from(starts) };
}

/** The plain text of a built corpus, by name; null when it has not been built. */
export function readBuilt(directory: string): Corpus | null {
  if (!existsSync(join(directory, "report.json"))) {
    return null;
  }
  const read = (file: string): string => readFileSync(join(directory, file), "utf8");
  const plain = Datasets.parse(JSON.parse(read("datasets.json"))).filter(
    ({ task_name, weight }) => task_name === "plain" && weight > 0,
  );
  const train: Corpus["train"] = new Map();
  const heldOut: Corpus["heldOut"] = new Map();
  for (const name of new Set(plain.map(({ dataset_name }) => dataset_name))) {
    const paths = plain.filter(({ dataset_name }) => dataset_name === name).map(({ path }) => path);
    train.set(name, concatenate(paths.map((path) => readShards(join(directory, path)))));
    const held = paths.map((path) => path.replace(/train$/, "held-out"));
    heldOut.set(name, concatenate(held.map((path) => readShards(join(directory, path)))));
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
  return { vocabulary: parseVocabulary(read("vocab.txt")), train, heldOut, records };
}
