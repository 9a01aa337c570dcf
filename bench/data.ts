// Speed and memory of the data pipeline's steps on one core over 200 MB and more of real text; planted duplicates. --long: 1 GB. --stream: one stream.
import { join } from "node:path";
import { xxh64 } from "@node-rs/xxhash";
import { openDedupStore } from "../trainer/data/dedup/dedup-store.ts";
import { createDocumentKeys } from "../trainer/data/dedup/document-keys.ts";
import { hashParagraphs } from "../trainer/data/dedup/hash-paragraphs.ts";
import { forEachParagraph } from "../trainer/data/dedup/normalize-paragraphs.ts";
import type { TextDocument } from "../trainer/data/document.ts";
import { filterDocument } from "../trainer/data/filter/filter-document.ts";
import { readEnv } from "../trainer/env.ts";
import { buildVocabulary, countText, createCounts } from "../trainer/tokenizer/build-vocabulary.ts";
import { encode } from "../trainer/tokenizer/encode.ts";
import { measureStream } from "./data/measure-stream.ts";
import { plantDuplicates } from "./data/plant-duplicates.ts";
import { inPass, realText } from "./data/real-text.ts";
import type { BenchReport } from "./main.ts";

const MB = 1e6;
/** Documents are timed in batches of so many bytes: reading them is not part of a step. */
const BATCH = 2 * MB;
const SAMPLE = 20_000;

type Step = { name: string; work: (document: TextDocument) => void; ms: number; bytes: number };

/** Processor time of this process: what other programs do on the machine meanwhile does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function* passes(
  lang: TextDocument["lang"],
  directory: string,
  bytes: number,
): AsyncGenerator<TextDocument> {
  let done = 0;
  for (let pass = 0; done < bytes; pass += 1) {
    for await (const document of realText(lang, directory)) {
      done += Buffer.byteLength(document.text);
      yield inPass(document, pass);
      if (done >= bytes) {
        return;
      }
    }
    process.stderr.write(`\n${lang}: pass ${pass + 1} done at ${Math.round(done / MB)} MB\n`);
  }
}

/** Options: --long; --stream for one stream of 100 MB and one of 1 GB alone; MB=N for another size. */
export async function run(report: BenchReport, options: string[]): Promise<void> {
  const directory = join(readEnv().dataDir, "corpus");
  const given = Number(options.find((option) => option.startsWith("MB="))?.slice(3) ?? 0);
  if (options.includes("--stream")) {
    await measureStream(report, directory, (given || 1000) * MB);
    return;
  }
  const bytes = (given || (options.includes("--long") ? 500 : 110)) * MB;
  for (const lang of ["zh", "en"] as const) {
    await measureLanguage(report, { lang, directory, bytes, kept: { documents: 0 } });
  }
  await measurePlanted(report, directory);
}

type Plan = {
  lang: TextDocument["lang"];
  directory: string;
  bytes: number;
  /** What passed the filter: a document that leaves early costs less. */
  kept: { documents: number };
};

async function measureLanguage(report: BenchReport, plan: Plan): Promise<void> {
  const { lang, directory, bytes } = plan;
  const store = openDedupStore(null);
  const steps = await makeSteps(plan, store);
  let batch: TextDocument[] = [];
  let size = 0;
  let done = 0;
  let documents = 0;
  const memory: number[] = [];
  const flush = (): void => {
    for (const step of steps) {
      const from = cpuMs();
      batch.forEach(step.work);
      step.ms += cpuMs() - from;
      step.bytes += size;
    }
    done += size;
    documents += batch.length;
    batch = [];
    size = 0;
    if (done > bytes / 5) {
      memory.push(process.memoryUsage.rss() - store.statistics().bytes);
    }
  };
  for await (const document of passes(lang, directory, bytes)) {
    batch.push(document);
    size += Buffer.byteLength(document.text);
    if (size > BATCH) {
      flush();
    }
  }
  flush();
  const { hashes, bytes: held } = store.statistics();
  tell(report, { lang, steps, documents, done });
  report({
    case: `filter, ${lang}`,
    metric: "documents that pass",
    value: plan.kept.documents / documents,
    unit: "share",
  });
  report({
    case: `dedup, ${lang}, ${hashes} hashes`,
    metric: "memory",
    value: held / hashes,
    unit: "bytes/hash",
    // Below that the table has its least size.
    ...(hashes > 250_000 ? { bar: { atMost: 12 } } : {}),
  });
  tellMemory(report, { lang, memory, done });
}

type Memory = { lang: string; memory: number[]; done: number };

/** `memory` was taken after each batch, from a fifth of the text on: what programs need at first is no growth. */
function tellMemory(report: BenchReport, { lang, memory, done }: Memory): void {
  const window = Math.ceil(memory.length / 4);
  const peak = (list: number[]): number => Math.max(...list) / MB;
  const [early, late] = [peak(memory.slice(0, window)), peak(memory.slice(-window))];
  report({
    case: `all steps, ${lang}: resident memory without the store after ${Math.round(done / MB)} MB, peak ${Math.round(late)} MB, against the peak after the first fifth`,
    metric: "memory growth",
    value: late - early,
    unit: "MB",
    bar: { atMost: 100 },
  });
}

async function makeSteps(
  { lang, directory, kept }: Plan,
  store: ReturnType<typeof openDedupStore>,
): Promise<Step[]> {
  const counts = createCounts();
  let seen = 0;
  for await (const { text } of realText(lang, directory)) {
    countText(counts, text);
    seen += 1;
    if (seen > SAMPLE / 10) {
      break;
    }
  }
  const vocabulary = buildVocabulary(counts, { size: 4096, subwords: 900 });
  const keyOf = createDocumentKeys(lang);
  const works: Record<string, Step["work"]> = {
    filter: (document) => {
      kept.documents += "keep" in filterDocument(document) ? 1 : 0;
    },
    tokenize: ({ text }) => void encode(vocabulary, text),
    dedup: (document) => {
      const hashes = hashParagraphs(document.text);
      store.decide(keyOf(document, hashes), hashes);
    },
    hash: ({ text }) => void hashParagraphs(text),
    xxh64: ({ text }) =>
      forEachParagraph(text, (units, length) => {
        xxh64(new Uint8Array(units.buffer, 0, 2 * length));
      }),
  };
  return Object.entries(works).map(([name, work]) => ({ name, work, ms: 0, bytes: 0 }));
}

const BARS: Record<string, number> = { filter: 5, tokenize: 5, dedup: 60 };

type Result = { lang: string; steps: Step[]; documents: number; done: number };

function tell(report: BenchReport, { lang, steps, documents, done }: Result): void {
  const speedOf = (name: string): number => {
    const step = steps.find((one) => one.name === name);
    return step === undefined ? 0 : step.bytes / MB / (step.ms / 1000);
  };
  for (const { name, ms } of steps.filter((step) => step.name !== "xxh64")) {
    const least = BARS[name];
    report({
      case: `${name}, ${lang}, ${Math.round(done / MB)} MB`,
      metric: "throughput",
      value: speedOf(name),
      unit: "MB/s of one core",
      ...(least === undefined ? {} : { bar: { atLeast: least } }),
      ...(name === "hash" ? { peer: speedOf("xxh64") } : {}),
    });
    report({
      case: `${name}, ${lang}`,
      metric: "documents",
      value: documents / (ms / 1000),
      unit: "1/s of one core",
    });
  }
}

/** Copies planted among documents that are no duplicates of one another. */
async function measurePlanted(report: BenchReport, directory: string): Promise<void> {
  const store = openDedupStore(null);
  const keyOf = createDocumentKeys("planted");
  const decide = (text: string, id: string): string => {
    const hashes = hashParagraphs(text);
    return store.decide(keyOf({ source: "planted", id }, hashes), hashes);
  };
  const originals: TextDocument[] = [];
  for await (const document of realText("zh", directory)) {
    if (decide(document.text, document.id) === "keep") {
      originals.push(document);
    }
    if (originals.length === SAMPLE) {
      break;
    }
  }
  const planted = plantDuplicates(originals).map(({ text, duplicate }, i) => ({
    duplicate,
    answer: decide(text, `copy-${i}`) === "duplicate",
  }));
  const count = (answer: boolean, duplicate: boolean) =>
    planted.filter((one) => one.answer === answer && one.duplicate === duplicate).length;
  const [found, wrong, missed] = [count(true, true), count(true, false), count(false, true)];
  const value = { precision: found / (found + wrong), recall: found / (found + missed) };
  for (const metric of ["precision", "recall"] as const) {
    report({
      case: `${SAMPLE} planted copies, ${found + missed} of them duplicates`,
      metric,
      value: value[metric],
      unit: "share",
      bar: { atLeast: 0.999 },
    });
  }
}
