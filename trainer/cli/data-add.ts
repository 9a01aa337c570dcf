import { once } from "node:events";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { addDataset } from "../data/add-dataset.ts";
import { corpusDirectory } from "../data/build/build-corpus.ts";
import { readDocuments } from "../data/read-documents.ts";
import { readEnv } from "../env.ts";
import { findRecipe } from "../recipes/find-recipe.ts";
import { TrainerError } from "../trainer-error.ts";

const HELP = `npm run -s trainer -- data add --recipe NAME --name DATASET [--weight W] < documents.jsonl

Adds documents {id, text, source, lang} to the recipe's built corpus, in its vocabulary and with its cues. Trainings that draw
from it take them up within a few steps. Filter and de-duplicate them first:

  … data filter < new.jsonl | … data dedup --store DIR | … data add --recipe small --name news --weight 0.5

  --recipe NAME    whose corpus
  --name DATASET   how mixes and commands call it: a-z, 0-9 and -
  --weight W       multiplies the weights of the recipe's tasks (1)
`;

const Options = z.object({
  recipe: z.string("--recipe is missing"),
  name: z.string("--name is missing").regex(/^[a-z0-9][a-z0-9-]*$/, "--name takes a-z, 0-9 and -"),
  weight: z.coerce.number("--weight is no number").min(0, "--weight is below 0").default(1),
});

/** `trainer data add`: stdin into a built corpus. */
export async function runDataAdd(args: string[]): Promise<void> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(HELP);
    return;
  }
  const { recipe, name, weight } = readOptions(args);
  const { data } = findRecipe(recipe, {});
  const directory = corpusDirectory(join(readEnv().dataDir, "corpus"), data);
  let faults = 0;
  const documents = readDocuments(process.stdin, (line, fault) => {
    faults += 1;
    process.stderr.write(`line ${line}: ${fault}; passed over\n`);
  });
  const { key, tokens, cues } = await addDataset({ directory, data, name, weight, documents });
  const line = `${JSON.stringify({ key, tokens, cues, faults })}\n`;
  if (!process.stdout.write(line)) {
    await once(process.stdout, "drain");
  }
}

function readOptions(args: string[]): z.infer<typeof Options> {
  const names = Object.keys(Options.shape);
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  try {
    return Options.parse(parseArgs({ args, options, strict: true }).values);
  } catch (cause) {
    const detail = cause instanceof z.ZodError ? cause.issues[0]?.message : String(cause);
    throw new TrainerError(
      "usage",
      `data add: ${detail}. It takes ${names.map((name) => `--${name}`).join(", ")}.`,
      { cause },
    );
  }
}
