import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { hashParagraphs } from "../data/dedup/hash-paragraphs.ts";
import { readDocuments } from "../data/read-documents.ts";
import { TrainerError } from "../trainer-error.ts";

const HELP = `npm run -s trainer -- data split --parts N --out DIR < in.jsonl

Spreads documents over files part-0.jsonl … by the hash of their first paragraph, so that documents which begin alike
come into one part: each part can then be de-duplicated by itself, with a store of its own.
`;

const Options = z.object({
  parts: z.coerce.number().int().min(1).max(1_000),
  out: z.string().min(1),
});

/** `trainer data split`. */
export async function runDataSplit(args: string[]): Promise<void> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(HELP);
    return;
  }
  const { parts, out } = readOptions(args);
  mkdirSync(out, { recursive: true });
  const files = Array.from({ length: parts }, (_, i) =>
    createWriteStream(join(out, `part-${i}.jsonl`)),
  );
  const onFault = (line: number, fault: string): void => {
    process.stderr.write(`line ${line}: ${fault}; passed over\n`);
  };
  for await (const document of readDocuments(process.stdin, onFault)) {
    const { words, length } = hashParagraphs(document.text);
    const file = files[length === 0 ? 0 : ((words[1] ?? 0) >>> 0) % parts];
    if (file !== undefined && !file.write(`${JSON.stringify(document)}\n`)) {
      await once(file, "drain");
    }
  }
  for (const file of files) {
    file.end();
    await finished(file);
  }
}

function readOptions(args: string[]): z.infer<typeof Options> {
  const options = { parts: { type: "string" }, out: { type: "string" } } as const;
  try {
    return Options.parse(parseArgs({ args, options, strict: true }).values);
  } catch (cause) {
    throw new TrainerError("usage", "data split takes --parts N and --out DIR.", { cause });
  }
}
