import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { corpusDirectory } from "../data/build/build-corpus.ts";
import { readVocabulary } from "../data/build/read-vocabulary.ts";
import { readEntries } from "../data/datasets-file.ts";
import { cueHead } from "../data/read-cue.ts";
import { openShards } from "../data/shards/open-shards.ts";
import { readEnv } from "../env.ts";
import { findRecipe } from "../recipes/find-recipe.ts";
import { decode } from "../tokenizer/decode.ts";
import { FIXED_TOKENS, type Vocabulary } from "../tokenizer/vocabulary.ts";
import { TrainerError } from "../trainer-error.ts";

const HELP = `npm run -s trainer -- data show --recipe NAME --sample ID

Prints a sample of the recipe's built corpus by the name that a spike's event gives it: text from the piece's first token on, or a
cue part by part; the last part is what had to be written.

  --recipe NAME    whose corpus
  --sample ID      PATH#RECORD or PATH#RECORD+TOKEN, such as 0-tang-poems.qa.train#512
`;

const MARKS: ReadonlyMap<number, string> = new Map(
  FIXED_TOKENS.flatMap((token, id) =>
    ["<unk>", "<mask>", "<sep>"].includes(token) ? [[id, token] as const] : [],
  ),
);

const Options = z.object({
  recipe: z.string("--recipe is missing"),
  sample: z
    .string("--sample is missing")
    .regex(/^[^#]+#\d+(\+\d+)?$/, "--sample is no PATH#RECORD or PATH#RECORD+TOKEN"),
});

/** `trainer data show`: what a batch's sample says. */
export function runDataShow(args: string[]): void {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(HELP);
    return;
  }
  const { recipe, sample } = readOptions(args);
  const directory = corpusDirectory(join(readEnv().dataDir, "corpus"), findRecipe(recipe, {}).data);
  process.stdout.write(`${showSample(directory, sample)}\n`);
}

/** The text of a sample, a cue's parts on lines of their own. */
export function showSample(directory: string, sample: string): string {
  const [path = "", place = ""] = sample.split("#");
  const [record = 0, from = 0] = place.split("+").map(Number);
  const entry = readEntries(directory).find((candidate) => candidate.path === path);
  if (entry === undefined) {
    throw new TrainerError("data", `datasets.json in ${directory} has no dataset at ${path}.`);
  }
  const store = openShards(resolve(directory, path));
  try {
    if (record >= store.count) {
      throw new TrainerError("data", `${path} has the records 0 … ${store.count - 1}.`);
    }
    const vocabulary = readVocabulary(directory);
    const words = store.read(record);
    if (entry.task_name === "plain") {
      return withMarks(vocabulary, words.subarray(from));
    }
    const { tokens, lengths } = cueHead(words);
    let at = 0;
    return lengths
      .map((length) => {
        at += length;
        return withMarks(vocabulary, tokens.subarray(at - length, at));
      })
      .join("\n");
  } finally {
    store.close();
  }
}

/** The text, with the marks that stand for something missing or between two things. */
function withMarks(vocabulary: Vocabulary, ids: Uint16Array): string {
  return Array.from(ids, (id) => MARKS.get(id) ?? decode(vocabulary, [id])).join("");
}

function readOptions(args: string[]): z.infer<typeof Options> {
  const options = { recipe: { type: "string" }, sample: { type: "string" } } as const;
  try {
    return Options.parse(parseArgs({ args, options, strict: true }).values);
  } catch (cause) {
    const detail = cause instanceof z.ZodError ? cause.issues[0]?.message : String(cause);
    throw new TrainerError("usage", `data show: ${detail}. It takes --recipe and --sample.`, {
      cause,
    });
  }
}
