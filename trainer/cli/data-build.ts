import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { buildCorpus, corpusDirectory } from "../data/build/build-corpus.ts";
import { formatReports, SourceReport } from "../data/build/source-report.ts";
import { readEnv } from "../env.ts";
import { findRecipe } from "../recipes/find-recipe.ts";
import { TrainerError } from "../trainer-error.ts";

const HELP = `npm run trainer -- data build --recipe NAME [--input FILE]…
npm run trainer -- data report --recipe NAME

build: template, rules, sensitive information, perplexity, de-duplication, augmentation, shards; a build that was broken
off goes on from its last finished step. report: what became of each source's documents.

  --recipe NAME    whose data section says what the corpus is
  --input FILE     adds a file: .jsonl or plain text, also .gz or .zst; may be given more than once
`;

/** `trainer data build` and `trainer data report`. */
export async function runDataBuild(verb: "build" | "report", args: string[]): Promise<void> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(HELP);
    return;
  }
  const { recipe, inputs } = readOptions(verb, args);
  const { data } = findRecipe(recipe, {});
  const directory = join(readEnv().dataDir, "corpus");
  if (verb === "report") {
    process.stdout.write(formatReports(readReport(corpusDirectory(directory, data), recipe)));
    return;
  }
  const reports = await buildCorpus({ data, inputs, directory, progress: drawProgress });
  process.stderr.write("\n");
  process.stdout.write(`${formatReports(reports)}Built ${corpusDirectory(directory, data)}\n`);
}

function readOptions(verb: string, args: string[]): { recipe: string; inputs: string[] } {
  const options = {
    recipe: { type: "string" },
    input: { type: "string", multiple: true },
  } as const;
  try {
    const { recipe, input } = parseArgs({ args, options, strict: true }).values;
    return {
      recipe: z.string({ error: "--recipe is missing" }).parse(recipe),
      inputs: input ?? [],
    };
  } catch (cause) {
    const detail = cause instanceof z.ZodError ? cause.issues[0]?.message : String(cause);
    throw new TrainerError(
      "usage",
      `data ${verb}: ${detail}. It takes --recipe NAME and --input FILE.`,
      { cause },
    );
  }
}

function readReport(directory: string, recipe: string): SourceReport[] {
  try {
    return z
      .array(SourceReport)
      .parse(JSON.parse(readFileSync(join(directory, "report.json"), "utf8")));
  } catch (cause) {
    throw new TrainerError(
      "data",
      `No corpus of the recipe ${recipe} is built in ${directory}. Run npm run trainer -- data build --recipe ${recipe} first.`,
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
