import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import type { SourceReport } from "#server/data/contract.ts";
import type { DataConfig } from "../../recipes/data-config.ts";
import { buildVocabulary, countText, createCounts } from "../../tokenizer/build-vocabulary.ts";
import { formatVocabulary, type Vocabulary } from "../../tokenizer/vocabulary.ts";
import { builtInText } from "../built-in-text.ts";
import type { TextDocument } from "../document.ts";
import { documentFraction, isHeldOut } from "../document-hash.ts";
import { fetchPackage, fetchPackages, readPackage } from "../fetch-package.ts";
import type { Progress } from "../progress.ts";
import { SOURCES } from "../sources.ts";
import { cleanSource } from "./clean-source.ts";
import { readInput } from "./read-input.ts";
import { addTo, emptyReport } from "./source-report.ts";
import { readStaged } from "./staged.ts";
import { entriesOf, writeShards } from "./write-shards.ts";

export type BuildOptions = {
  data: DataConfig;
  /** Files beside the recipe's sources. */
  inputs: string[];
  /** Where corpora and fetched packages live. */
  directory: string;
  progress: Progress;
};

type Part = { key: string; report: SourceReport; documents: () => AsyncIterable<TextDocument> };

/** The directory of the corpus that a recipe's data section asks for. */
export function corpusDirectory(directory: string, data: DataConfig): string {
  const { rows: _rows, evalBatches: _evalBatches, ...decisive } = data;
  const key = createHash("sha256").update(JSON.stringify(decisive)).digest("hex").slice(0, 12);
  return join(directory, `built-${key}`);
}

/**
 * Builds a corpus: every source filtered, judged by perplexity and de-duplicated, then one vocabulary, then shards of
 * token records and of cues. The directory gets its name when everything in it is whole; a broken-off build goes on
 * from the last finished step.
 */
export async function buildCorpus(options: BuildOptions): Promise<SourceReport[]> {
  const { data, directory, progress, inputs } = options;
  const target = corpusDirectory(directory, data);
  const work = `${target}.part`;
  checkPlan(work, JSON.stringify([data, inputs]));
  const reports: SourceReport[] = [];
  const packages = data.datasets.flatMap(({ source }) => {
    const found = SOURCES[source];
    return "builtIn" in found ? [] : [found];
  });
  await fetchPackages(packages, directory, progress);
  const parts = partsOf(options);
  for (const part of parts) {
    reports.push(
      await cleanSource({
        documents: part.documents(),
        report: part.report,
        directory: work,
        key: part.key,
        perplexityDrop: data.perplexityDrop,
        threads: availableParallelism(),
        progress: (done) => progress(`Cleaning ${part.report.source}, documents`, done, null),
      }),
    );
  }
  const vocabulary = await makeVocabulary(work, parts, data);
  writeFileSync(join(work, "vocab.txt"), formatVocabulary(vocabulary));
  for (const [i, part] of parts.entries()) {
    const report = reports[i] ?? part.report;
    progress(`Writing shards of ${report.source}`, i, parts.length);
    const documents = readStaged(join(work, `${part.key}.kept.jsonl`));
    const written = await writeShards({
      directory: work,
      key: part.key,
      documents,
      data,
      vocabulary,
    });
    Object.assign(report, written);
  }
  writeFileSync(
    join(work, "datasets.json"),
    `${JSON.stringify(
      parts.flatMap(({ key, report }) => entriesOf(key, report.name, data)),
      null,
      2,
    )}\n`,
  );
  writeFileSync(join(work, "report.json"), `${JSON.stringify(reports, null, 2)}\n`);
  rmSync(target, { recursive: true, force: true });
  renameSync(work, target);
  return reports;
}

/** Files of another plan under the same name would be taken for this one's. */
function checkPlan(work: string, plan: string): void {
  const path = join(work, "plan.json");
  try {
    if (readFileSync(path, "utf8") === plan) {
      return;
    }
  } catch {
    // There is none yet: the build begins.
  }
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  writeFileSync(path, plan);
}

function partsOf({ data, inputs, directory, progress }: BuildOptions): Part[] {
  const sources = data.datasets.map(({ name, source, share }, i): Part => {
    const found = SOURCES[source];
    const licence =
      "builtIn" in found ? "Apache-2.0" : `${found.textLicence}; package ${found.licence}`;
    return {
      key: `${i}-${source}`,
      report: emptyReport({ name, source, lang: found.lang, licence }),
      async *documents() {
        const texts =
          "builtIn" in found
            ? builtInText(found.lang).map((text) => ({ text }))
            : readPackage(await fetchPackage(found, directory, progress));
        let n = 0;
        for await (const text of texts) {
          if (documentFraction(text.text, "share") < share) {
            yield { id: `${source}-${n}`, ...text, source, lang: found.lang };
          }
          n += 1;
        }
      },
    };
  });
  return [...sources, ...inputs.map((path, i) => inputPart(path, `input-${i}`))];
}

function inputPart(path: string, key: string): Part {
  const name = basename(path).replace(/\..*$/, "").toLowerCase();
  const report = emptyReport({
    name,
    source: basename(path),
    lang: "as marked",
    licence: "given by the operator",
  });
  const onFault = (line: number, fault: string): void =>
    addTo(
      report.dropped,
      fault.replace(/longer than \d+ bytes/, "line too long"),
      line > 0 ? 1 : 0,
    );
  return { key, report, documents: () => readInput(path, onFault) };
}

async function makeVocabulary(work: string, parts: Part[], data: DataConfig): Promise<Vocabulary> {
  const counts = createCounts();
  for (const { key } of parts) {
    for await (const { text } of readStaged(join(work, `${key}.kept.jsonl`))) {
      if (!isHeldOut(text)) {
        countText(counts, text);
      }
    }
  }
  return buildVocabulary(counts, data.vocabulary);
}
