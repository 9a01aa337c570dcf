import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import {
  buildVocabulary,
  countText,
  createCounts,
  type VocabularyPlan,
} from "../tokenizer/build-vocabulary.ts";
import { encode } from "../tokenizer/encode.ts";
import { formatVocabulary, parseVocabulary, type Vocabulary } from "../tokenizer/vocabulary.ts";
import { builtInText } from "./built-in-text.ts";
import type { Dataset } from "./dataset.ts";
import { documentFraction, isHeldOut } from "./document-hash.ts";
import { fetchPackage } from "./fetch-package.ts";
import type { Progress } from "./progress.ts";
import { inMemory, type TokenStore } from "./record-store.ts";
import type { Source } from "./sources.ts";
import { readTokenStore, writeTokenStore } from "./token-store.ts";

export type CorpusPlan = { sources: Source[]; vocabulary: VocabularyPlan };

/** What the corpus consists of, as recorded in corpus.json and in the run's config. */
export const CorpusRecord = z.object({
  name: z.string(),
  lang: z.string(),
  package: z.string().nullable(),
  version: z.string().nullable(),
  licence: z.string(),
  textLicence: z.string(),
  integrity: z.string().nullable(),
  documents: z.int(),
  characters: z.int(),
});
export type CorpusRecord = z.infer<typeof CorpusRecord>;

export type Corpus = {
  vocabulary: Vocabulary;
  train: Dataset[];
  heldOut: Dataset[];
  records: CorpusRecord[];
  /** Where `datasets.json` lies, which may change while a run draws from it; null when there is none. */
  directory: string | null;
};

type Encoded = Pick<Corpus, "vocabulary" | "records"> & Record<"train" | "heldOut", Stores>;
type Stores = Map<string, TokenStore>;

const Manifest = z.object({
  vocabularySha256: z.string(),
  stores: z.array(
    z.object({ source: z.string(), split: z.enum(["train", "held-out"]), sha256: z.string() }),
  ),
  records: z.array(CorpusRecord),
});
type Manifest = z.infer<typeof Manifest>;

/** Raised when cleaning, counting or encoding changes, so that old preparations are not used again. */
const PREPARATION = 1;

type Text = { source: Source; documents: string[] };

/**
 * Vocabulary and token ids of the corpus. The first time texts are fetched, counted and encoded; afterwards the
 * prepared files are read, which takes a moment and no network.
 */
export async function prepareCorpus(
  plan: CorpusPlan,
  directory: string,
  progress: Progress,
): Promise<Corpus> {
  const prepared = join(directory, `prepared-${planKey(plan)}`);
  const found = await readPrepared(prepared);
  if (found !== null) {
    return toCorpus(found);
  }
  await mkdir(directory, { recursive: true });
  const texts: Text[] = [];
  for (const source of plan.sources) {
    texts.push({ source, documents: await readDocuments(source, directory, progress) });
  }
  const corpus = encodeTexts(texts, plan.vocabulary, progress);
  await writePrepared(prepared, corpus);
  if (corpus.records.some((record) => record.package !== null)) {
    await writeFile(join(directory, "corpus.json"), `${JSON.stringify(corpus.records, null, 2)}\n`);
  }
  return toCorpus(corpus);
}

/** Whole texts only: cues need a built corpus. */
function toCorpus({ vocabulary, train, heldOut, records }: Encoded): Corpus {
  const datasets = (stores: Stores): Dataset[] =>
    [...stores].map(([name, store]) => ({
      key: name,
      name,
      task: "plain",
      weight: 1,
      store: inMemory(store),
    }));
  return {
    vocabulary,
    train: datasets(train),
    heldOut: datasets(heldOut),
    records,
    directory: null,
  };
}

function planKey(plan: CorpusPlan): string {
  const sources = plan.sources.map((source) =>
    "builtIn" in source ? source : [source.name, source.integrity, source.share],
  );
  const text = JSON.stringify([PREPARATION, sources, plan.vocabulary]);
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

async function readDocuments(
  source: Source,
  directory: string,
  progress: Progress,
): Promise<string[]> {
  if ("builtIn" in source) {
    return builtInText(source.lang);
  }
  const lines = (await readFile(await fetchPackage(source, directory, progress), "utf8")).split(
    "\n",
  );
  return lines
    .filter((line) => line !== "")
    .map((line) => z.string().parse(JSON.parse(line)))
    .filter((text) => documentFraction(text, "share") < source.share);
}

function encodeTexts(texts: Text[], plan: VocabularyPlan, progress: Progress): Encoded {
  const counts = createCounts();
  for (const { documents } of texts) {
    for (const text of documents) {
      if (!isHeldOut(text)) {
        countText(counts, text);
      }
    }
  }
  progress("Building the vocabulary", 0, null);
  const vocabulary = buildVocabulary(counts, plan);
  const train = new Map<string, TokenStore>();
  const heldOut = new Map<string, TokenStore>();
  for (const name of new Set(texts.map(({ source }) => source.name))) {
    progress(`Encoding ${name}`, 0, null);
    const documents = texts
      .filter(({ source }) => source.name === name)
      .flatMap((text) => text.documents);
    train.set(
      name,
      toStore(
        documents.filter((text) => !isHeldOut(text)),
        vocabulary,
      ),
    );
    heldOut.set(name, toStore(documents.filter(isHeldOut), vocabulary));
  }
  return { vocabulary, train, heldOut, records: texts.map(recordOf) };
}

function toStore(documents: string[], vocabulary: Vocabulary): TokenStore {
  const encoded = documents.map((text) => encode(vocabulary, text));
  const starts = new Uint32Array(encoded.length + 1);
  encoded.forEach((ids, i) => {
    starts[i + 1] = (starts[i] ?? 0) + ids.length;
  });
  const tokens = new Uint16Array(starts[encoded.length] ?? 0);
  encoded.forEach((ids, i) => {
    tokens.set(ids, starts[i]);
  });
  return { tokens, starts };
}

function recordOf({ source, documents }: Text): CorpusRecord {
  const characters = documents.reduce((sum, text) => sum + text.length, 0);
  const size = { documents: documents.length, characters };
  if ("builtIn" in source) {
    return {
      name: source.name,
      lang: source.lang,
      package: null,
      version: null,
      licence: "Apache-2.0",
      textLicence: "Apache-2.0",
      integrity: null,
      ...size,
    };
  }
  const { name, lang, version, licence, textLicence, integrity } = source;
  return { name, lang, package: source.package, version, licence, textLicence, integrity, ...size };
}

async function writePrepared(target: string, corpus: Encoded): Promise<void> {
  const workplace = `${target}.${randomUUID()}.part`;
  await mkdir(workplace, { recursive: true });
  const vocabulary = formatVocabulary(corpus.vocabulary);
  await writeFile(join(workplace, "vocab.txt"), vocabulary);
  const stores: Manifest["stores"] = [];
  for (const [split, map] of [
    ["train", corpus.train],
    ["held-out", corpus.heldOut],
  ] as const) {
    for (const [source, store] of map) {
      stores.push({
        source,
        split,
        sha256: await writeTokenStore(join(workplace, `${source}.${split}.bin`), store),
      });
    }
  }
  const manifest: Manifest = {
    vocabularySha256: sha256(vocabulary),
    stores,
    records: corpus.records,
  };
  await writeFile(join(workplace, "manifest.json"), JSON.stringify(manifest, null, 2));
  await rm(target, { recursive: true, force: true });
  await rename(workplace, target);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Null: there is nothing prepared, or a file is missing or damaged; the corpus is then prepared again. */
async function readPrepared(directory: string): Promise<Encoded | null> {
  const manifestText = await readFile(join(directory, "manifest.json"), "utf8").catch(() => null);
  const vocabularyText = await readFile(join(directory, "vocab.txt"), "utf8").catch(() => null);
  if (manifestText === null || vocabularyText === null) {
    return null;
  }
  const manifest = Manifest.safeParse(JSON.parse(manifestText));
  if (!manifest.success || manifest.data.vocabularySha256 !== sha256(vocabularyText)) {
    return null;
  }
  const corpus: Encoded = {
    vocabulary: parseVocabulary(vocabularyText),
    train: new Map(),
    heldOut: new Map(),
    records: manifest.data.records,
  };
  for (const { source, split, sha256: expected } of manifest.data.stores) {
    const store = await readTokenStore(join(directory, `${source}.${split}.bin`), expected);
    if (store === null) {
      return null;
    }
    (split === "train" ? corpus.train : corpus.heldOut).set(source, store);
  }
  return corpus;
}
