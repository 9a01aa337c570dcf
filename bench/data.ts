// Speed of the data pipeline's steps on one core: MB/s and documents/s over real text from installed packages.
import { readFileSync } from "node:fs";
import { openDedupStore } from "../trainer/data/dedup/dedup-store.ts";
import { createDocumentKeys } from "../trainer/data/dedup/document-keys.ts";
import { hashParagraphs } from "../trainer/data/dedup/hash-paragraphs.ts";
import type { TextDocument } from "../trainer/data/document.ts";
import { filterDocument } from "../trainer/data/filter/filter-document.ts";
import { buildVocabulary, countText, createCounts } from "../trainer/tokenizer/build-vocabulary.ts";
import { encode } from "../trainer/tokenizer/encode.ts";
import type { BenchReport } from "./main.ts";

/** Sources that are judged as poems and as books: few documents leave early, so nearly all rules are timed. */
const SOURCE = { zh: "chinese", en: "english" } as const;

/** A file of documents as the trainer fetches them: one JSON string a line. */
function readTexts(path: string, lang: TextDocument["lang"]): TextDocument[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line, i) => ({
      id: String(i),
      text: String(JSON.parse(line)),
      source: SOURCE[lang],
      lang,
    }));
}

type Case = { name: string; documents: TextDocument[]; bytes: number };

type Step = { step: string; atLeast: number; work: (document: TextDocument) => void };

function measure(report: BenchReport, one: Case, { step, atLeast, work }: Step): void {
  const { name, documents, bytes } = one;
  const startedAt = performance.now();
  documents.forEach(work);
  const seconds = (performance.now() - startedAt) / 1000;
  report({
    case: `${step}, ${name}, ${Math.round(bytes / 1e6)} MB`,
    metric: "throughput",
    value: bytes / 1e6 / seconds,
    unit: "MB/s",
    bar: { atLeast },
  });
  report({
    case: `${step}, ${name}`,
    metric: "documents",
    value: documents.length / seconds,
    unit: "1/s",
  });
}

/** Options: pairs LANG=FILE, such as zh=.data/corpus/chinese-poetry-2.0.1.jsonl. */
export async function run(report: BenchReport, options: string[]): Promise<void> {
  const cases = options.map((option): Case => {
    const [lang, path = ""] = option.split("=");
    const documents = readTexts(path, lang === "en" ? "en" : "zh");
    const bytes = documents.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
    return { name: lang ?? "", documents, bytes };
  });
  if (cases.length === 0) {
    throw new Error(
      "Name the texts: npm run bench -- data zh=FILE en=FILE, files of JSON strings as data build fetches them.",
    );
  }
  for (const one of cases) {
    const counts = createCounts();
    one.documents.slice(0, 5_000).forEach(({ text }) => {
      countText(counts, text);
    });
    const vocabulary = buildVocabulary(counts, { size: 4096, subwords: 900 });
    const store = openDedupStore(null);
    const keyOf = createDocumentKeys(one.name);
    measure(report, one, {
      step: "filter",
      atLeast: 5,
      work: (document) => void filterDocument(document),
    });
    measure(report, one, {
      step: "tokenize",
      atLeast: 5,
      work: ({ text }) => void encode(vocabulary, text),
    });
    const decide = (document: TextDocument): void => {
      const hashes = hashParagraphs(document.text);
      store.decide(keyOf(document, hashes), hashes);
    };
    measure(report, one, { step: "dedup", atLeast: 60, work: decide });
    const { hashes, bytes } = store.statistics();
    report({
      case: `dedup, ${one.name}`,
      metric: "memory",
      value: bytes / hashes,
      unit: "bytes/hash",
      bar: { atMost: 12 },
    });
  }
}
