import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SourceReport } from "#server/data/contract.ts";
import { type DedupStore, openDedupStore } from "../dedup/dedup-store.ts";
import { createDocumentKeys } from "../dedup/document-keys.ts";
import { hashParagraphs } from "../dedup/hash-paragraphs.ts";
import type { TextDocument } from "../document.ts";
import { LineCounter } from "../filter/boilerplate.ts";
import { type FilterOutcome, LONGEST_DOCUMENT } from "../filter/filter-document.ts";
import { profileOf, thresholdsFor } from "../filter/thresholds.ts";
import {
  createReference,
  judgePerplexity,
  type PerplexityFilter,
} from "../perplexity/perplexity-filter.ts";
import { mapOnThreads } from "./map-on-threads.ts";
import { addTo } from "./source-report.ts";
import { openStaged, readStaged } from "./staged.ts";

const BATCH_CHARACTERS = 200_000;

/** What is too long goes before it is copied to a thread. */
async function* inBatches(
  documents: AsyncIterable<TextDocument>,
  onOversized: () => void,
): AsyncGenerator<TextDocument[]> {
  let batch: TextDocument[] = [];
  let size = 0;
  for await (const document of documents) {
    if (document.text.length > LONGEST_DOCUMENT) {
      onOversized();
      continue;
    }
    batch.push(document);
    size += document.text.length;
    if (size > BATCH_CHARACTERS) {
      yield batch;
      batch = [];
      size = 0;
    }
  }
  if (batch.length > 0) {
    yield batch;
  }
}

export type CleanOptions = {
  documents: AsyncIterable<TextDocument>;
  report: SourceReport;
  /** Where the steps leave their files; `key` names the source in them. */
  directory: string;
  key: string;
  perplexityDrop: number;
  threads: number;
  progress: (done: number) => void;
};

/**
 * Filter on threads, then perplexity and de-duplication in the documents' order. What a step has finished stays on
 * disk under its name, so an interrupted build goes on with the step that was broken off.
 */
export async function cleanSource(options: CleanOptions): Promise<SourceReport> {
  const { directory, key } = options;
  const filtered = join(directory, `${key}.filtered.jsonl`);
  const done = join(directory, `${key}.clean.json`);
  if (existsSync(done)) {
    return SourceReport.parse(JSON.parse(readFileSync(done, "utf8")));
  }
  await dedupAll(options, filtered, await filterAll(options, filtered));
  writeFileSync(done, JSON.stringify(options.report));
  return options.report;
}

/** What is known of a source once all its documents have been seen. */
type Seen = { judge: PerplexityFilter | null; lines: LineCounter };

async function filterAll(options: CleanOptions, path: string): Promise<Seen> {
  const { report, perplexityDrop, threads, progress } = options;
  const staged = openStaged(path);
  const reference = perplexityDrop > 0 ? createReference() : null;
  const lines = new LineCounter();
  const worker = new URL("./filter-worker.ts", import.meta.url);
  const batches = inBatches(options.documents, () => {
    report.documents += 1;
    addTo(report.dropped, "oversized", 1);
  });
  for await (const outcomes of mapOnThreads(batches, worker, threads)) {
    for (const document of countOutcomes(report, outcomes as FilterOutcome[])) {
      staged.add(document);
      reference?.add(document.text);
      if (boilerplateLimit(document) !== null) {
        lines.add(document.text);
      }
    }
    progress(report.documents);
  }
  staged.close();
  return { judge: reference?.finish(perplexityDrop) ?? null, lines };
}

function boilerplateLimit({ lang, source }: TextDocument): number | null {
  return thresholdsFor(lang, profileOf(source)).boilerplateDocuments;
}

/** The document without the lines that the source repeats; null when nothing else was in it. */
function withoutBoilerplate(document: TextDocument, lines: LineCounter): TextDocument | null {
  const limit = boilerplateLimit(document);
  if (limit === null) {
    return document;
  }
  const { text, removed } = lines.strip(document.text, limit);
  return removed === 0 ? document : text === "" ? null : { ...document, text };
}

/** The documents that stay; the others and the marks are counted. */
function countOutcomes(report: SourceReport, outcomes: FilterOutcome[]): TextDocument[] {
  report.documents += outcomes.length;
  return outcomes.flatMap((outcome) => {
    if ("drop" in outcome) {
      addTo(report.dropped, outcome.drop, 1);
      return [];
    }
    for (const [kind, count] of Object.entries(outcome.pii)) {
      addTo(report.pii, kind, count);
    }
    return [outcome.keep];
  });
}

async function dedupAll(
  { directory, key, report }: CleanOptions,
  path: string,
  { judge, lines }: Seen,
): Promise<void> {
  const store = openDedupStore(join(directory, "dedup"));
  const kept = openStaged(join(directory, `${key}.kept.jsonl`));
  try {
    const keyOf = createDocumentKeys(key);
    const perplexities = { sum: 0, count: 0 };
    for await (const filtered of readStaged(path)) {
      const document = withoutBoilerplate(filtered, lines);
      if (document === null) {
        addTo(report.dropped, "boilerplate", 1);
        continue;
      }
      const reason = judge === null ? null : measure(judge, document, perplexities);
      const outcome = reason ?? decideDuplicate(store, keyOf, document);
      countDecision(report, outcome, document);
      if (outcome === "keep") {
        kept.add(document);
      }
    }
    report.meanPerplexity = perplexities.count === 0 ? null : perplexities.sum / perplexities.count;
    store.flush();
    kept.close();
  } finally {
    store.close();
  }
}

function measure(
  judge: PerplexityFilter,
  { text }: TextDocument,
  so: { sum: number; count: number },
): string | null {
  const perplexity = judge.model.perplexity(text);
  so.sum += perplexity;
  so.count += 1;
  return judgePerplexity(perplexity, judge.limit);
}

function countDecision(report: SourceReport, outcome: string, { text }: TextDocument): void {
  if (outcome === "keep") {
    report.kept += 1;
    report.bytes += Buffer.byteLength(text);
  } else if (outcome === "duplicate") {
    report.duplicates += 1;
  } else {
    addTo(report.dropped, outcome, 1);
  }
}

function decideDuplicate(
  store: DedupStore,
  keyOf: ReturnType<typeof createDocumentKeys>,
  document: TextDocument,
): string {
  const hashes = hashParagraphs(document.text);
  return store.decide(keyOf(document, hashes), hashes);
}
