import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { SourceReport } from "#server/data/contract.ts";
import { buildCorpus, corpusDirectory } from "../data/build/build-corpus.ts";
import { formatReports } from "../data/build/source-report.ts";
import { readEnv } from "../env.ts";
import { findRecipe } from "../recipes/find-recipe.ts";
import { isDiskFull } from "../report/is-disk-full.ts";
import { TrainerError } from "../trainer-error.ts";
import { builtAt, sendDataReport } from "./data-send.ts";

const HELP = `npm run trainer -- data build --recipe NAME [--input FILE]…
npm run trainer -- data report --recipe NAME [--portal URL --token T]

build: template, rules, sensitive information, perplexity, de-duplication, augmentation, shards; a build that was broken
off goes on from its last finished step. report: prints what became of each source's documents, and sends it to the
portal when one is given; sending it again changes nothing.

  --recipe NAME    whose data section says what the corpus is
  --input FILE     adds a file: .jsonl or plain text, also .gz or .zst; may be given more than once
  --portal URL     report to this portal (or CPM_PORTAL_URL)
  --token T        its token, of scope ingest (or CPM_PORTAL_TOKEN)
`;

/** `trainer data build` and `trainer data report`. */
export async function runDataBuild(verb: "build" | "report", args: string[]): Promise<void> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(HELP);
    return;
  }
  const options = readOptions(verb, args);
  const { data } = findRecipe(options.recipe, {});
  const directory = join(readEnv().dataDir, "corpus");
  if (verb === "report") {
    await report(corpusDirectory(directory, data), options);
    return;
  }
  const reports = await buildCorpus({
    data,
    inputs: options.inputs,
    directory,
    progress: drawProgress,
  }).catch((cause: unknown) => {
    throw isDiskFull(cause) ? noRoom(directory, cause) : cause;
  });
  process.stderr.write("\n");
  process.stdout.write(`${formatReports(reports)}Built ${corpusDirectory(directory, data)}\n`);
}

function noRoom(directory: string, cause: unknown): TrainerError {
  return new TrainerError(
    "data",
    `There is no room left for the corpus in ${directory}. What was finished is kept: make room and run the same command again, it goes on from there.`,
    { cause },
  );
}

type Options = { recipe: string; inputs: string[]; portal?: string; token?: string };

function readOptions(verb: string, args: string[]): Options {
  const options = {
    recipe: { type: "string" },
    input: { type: "string", multiple: true },
    portal: { type: "string" },
    token: { type: "string" },
  } as const;
  try {
    const { recipe, input, ...portal } = parseArgs({ args, options, strict: true }).values;
    return {
      recipe: z.string({ error: "--recipe is missing" }).parse(recipe),
      inputs: input ?? [],
      ...portal,
    };
  } catch (cause) {
    const detail = cause instanceof z.ZodError ? cause.issues[0]?.message : String(cause);
    throw new TrainerError(
      "usage",
      `data ${verb}: ${detail}. It takes --recipe NAME, --input FILE, --portal URL and --token T.`,
      { cause },
    );
  }
}

async function report(directory: string, { recipe, portal, token }: Options): Promise<void> {
  const path = join(directory, "report.json");
  const sources = readReport(path, recipe);
  process.stdout.write(formatReports(sources));
  const env = readEnv();
  const url = portal ?? env.portalUrl;
  const secret = token ?? env.portalToken;
  if (url === undefined) {
    return;
  }
  if (secret === undefined) {
    throw new TrainerError(
      "usage",
      "A portal needs a token: add --token or set CPM_PORTAL_TOKEN. `npm run token -- create --scope ingest` at the portal prints one.",
    );
  }
  const { project } = findRecipe(recipe, {});
  const answer = await sendDataReport({
    url,
    token: secret,
    report: { project, recipe, builtAt: builtAt(path), sources },
    say: (text) => process.stderr.write(`${text}\n`),
  });
  const state = answer.stored ? "Sent" : "The portal had it already";
  process.stdout.write(`${state}: ${answer.url}\n`);
}

function readReport(path: string, recipe: string): SourceReport[] {
  try {
    return z.array(SourceReport).parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    throw new TrainerError(
      "data",
      `No corpus of the recipe ${recipe} is built here: ${path} cannot be read. Run npm run trainer -- data build --recipe ${recipe} first.`,
      { cause },
    );
  }
}

const WIDTH = 24;

/** One line on stderr, drawn again and again: a bar where the end is known. */
function drawProgress(label: string, done: number, total: number | null): void {
  const filled = total === null || total === 0 ? 0 : Math.round((WIDTH * done) / total);
  const bar = total === null ? "" : ` [${"#".repeat(filled).padEnd(WIDTH, "·")}]`;
  process.stderr.write(`\r\u001b[2K${label}${bar} ${done}`);
}
