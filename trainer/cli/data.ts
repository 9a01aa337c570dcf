import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { type DedupStore, openDedupStore } from "../data/dedup/dedup-store.ts";
import { PROFILES } from "../data/filter/thresholds.ts";
import { trainJudges } from "../data/perplexity/train-judges.ts";
import { readDocuments } from "../data/read-documents.ts";
import { type LineWriter, runStream } from "../data/run-stream.ts";
import {
  augmentStep,
  dedupStep,
  filterStep,
  type StreamStep,
  tokenizeStep,
} from "../data/stream-steps.ts";
import { parseVocabulary } from "../tokenizer/vocabulary.ts";
import { TrainerError } from "../trainer-error.ts";
import { runDataAdd } from "./data-add.ts";
import { runDataBuild } from "./data-build.ts";
import { runDataShow } from "./data-show.ts";
import { runDataSplit } from "./data-split.ts";

export const DATA_HELP = `npm run trainer -- data build --recipe R [--input F…]     a corpus, ready to train on (build --help)
npm run trainer -- data report --recipe R                  what became of its documents
npm run -s trainer -- data add --recipe R --name N         documents on stdin to that corpus, also while it is trained on
npm run -s trainer -- data split --parts N --out DIR       documents on stdin to files that can be de-duplicated apart
npm run -s trainer -- data show --recipe R --sample ID     a sample by the name that a spike's event gives it
npm run -s trainer -- data STEP [options] < in.jsonl > out.jsonl

A step as a stream: JSON lines {id, text, source, lang} in, what is kept out, in the same order. A line that is no
document is reported and passed over. The counts go to stderr as one JSON line at the end.

  filter      template, rules, sensitive information, and perplexity where a reference is given
    --profile NAME   web, book, poem, code, chat or pair for every document (by source)
    --reference F    accepted documents (JSON lines): a model of each of their sources is trained on them first
    --perplexity-drop X  share of a source that goes as least likely (0.05)
  dedup       drops a document when more than 70 % of its paragraphs were seen before
    --store DIR      remembers paragraphs there (without it, only while it runs)
    --file NAME      names the input: running the same one again changes nothing
  augment     adds cues: [{task, parts}], summary, qa, rewrite and, with a field translation, en-zh and zh-en
    --budget N       characters that a cue may take together (400)
  tokenize    {id, source, lang, tokens} instead of text
    --vocabulary F   vocab.txt

  --dropped FILE     dropped documents as {id, reason}`;

const STEPS = ["filter", "dedup", "augment", "tokenize"] as const;

const Options = z.object({
  profile: z.enum(PROFILES).optional(),
  reference: z.string().min(1).optional(),
  "perplexity-drop": z.coerce.number().min(0).max(0.5).default(0.05),
  store: z.string().min(1).optional(),
  file: z.string().default(""),
  vocabulary: z.string().min(1).optional(),
  dropped: z.string().min(1).optional(),
  budget: z.coerce.number().int().min(20).default(400),
});
type Options = z.infer<typeof Options>;

/** `trainer data STEP`: stdin to stdout. */
export async function runData(args: string[]): Promise<void> {
  const [name, ...rest] = args;
  if (name === "build" || name === "report") {
    await runDataBuild(name, rest);
    return;
  }
  if (name === "split") {
    await runDataSplit(rest);
    return;
  }
  if (name === "add") {
    await runDataAdd(rest);
    return;
  }
  if (name === "show") {
    runDataShow(rest);
    return;
  }
  if (name === undefined || args.includes("--help") || args.includes("-h")) {
    process.stdout.write(`${DATA_HELP}\n`);
    return;
  }
  const chosen = STEPS.find((step) => step === name);
  if (chosen === undefined) {
    throw new TrainerError(
      "usage",
      `There is no data step "${name}". Use one of: ${STEPS.join(", ")}; "data --help" explains each.`,
    );
  }
  const options = readOptions(rest);
  const store = chosen === "dedup" ? openDedupStore(options.store ?? null) : null;
  try {
    await stream(await makeStep(chosen, options, store), options);
  } finally {
    store?.close();
  }
}

function readOptions(args: string[]): Options {
  const names = Object.keys(Options.shape);
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  try {
    return Options.parse(parseArgs({ args, options, strict: true }).values);
  } catch (cause) {
    const detail = cause instanceof z.ZodError ? cause.issues[0]?.message : String(cause);
    throw new TrainerError(
      "usage",
      `data: ${detail}. Options are ${names.map((name) => `--${name}`).join(", ")}.`,
      { cause },
    );
  }
}

async function makeStep(
  name: (typeof STEPS)[number],
  options: Options,
  store: DedupStore | null,
): Promise<StreamStep> {
  if (name === "filter") {
    const { profile, reference } = options;
    const judges =
      reference === undefined
        ? undefined
        : await trainJudges(reference, options["perplexity-drop"]);
    return filterStep({ profile }, judges);
  }
  if (store !== null) {
    return dedupStep(store, options.file);
  }
  if (name === "augment") {
    return augmentStep(options.budget);
  }
  if (options.vocabulary === undefined) {
    throw new TrainerError("usage", "data tokenize needs --vocabulary FILE, a vocab.txt.");
  }
  return tokenizeStep(parseVocabulary(await readFile(options.vocabulary, "utf8")));
}

function lineWriter(to: Writable): LineWriter {
  return async (line) => {
    if (!to.write(line)) {
      await once(to, "drain");
    }
  };
}

/** SIGTERM ends the input, not the process: what was decided is written out, and the store closed whole. */
async function* untilSignal(input: NodeJS.ReadStream): AsyncGenerator<Uint8Array> {
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    input.destroy();
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  try {
    for await (const chunk of input) {
      yield Buffer.from(chunk);
    }
  } catch (error) {
    if (!stopped) {
      throw error;
    }
  }
  if (stopped) {
    process.stderr.write("Stopped by a signal: run the same input again to go on.\n");
    process.exitCode = 1;
  }
}

async function stream(step: StreamStep, options: Options): Promise<void> {
  const dropped = options.dropped === undefined ? null : createWriteStream(options.dropped);
  const writeDropped = dropped === null ? null : lineWriter(dropped);
  let invalid = 0;
  const report = await runStream({
    documents: readDocuments(untilSignal(process.stdin), (line, fault) => {
      invalid += 1;
      process.stderr.write(`line ${line}: ${fault}; passed over\n`);
    }),
    step,
    write: lineWriter(process.stdout),
    writeDropped: async (document) => writeDropped?.(`${JSON.stringify(document)}\n`),
  });
  if (dropped !== null) {
    dropped.end();
    await finished(dropped);
  }
  process.stderr.write(`${JSON.stringify({ ...report, invalid })}\n`);
}
