import { readModel } from "../checkpoint/read-model.ts";
import { createInferenceSession } from "../engine/inference-session.ts";
import { generate } from "../model/generate.ts";
import { decode } from "../tokenizer/decode.ts";
import { encode } from "../tokenizer/encode.ts";
import { BEGIN, END, LINE_FEED, UNKNOWN } from "../tokenizer/vocabulary.ts";
import type { GenerateCommand } from "./parse-arguments.ts";

/** The text that a checkpoint writes after a prompt. */
export async function generateText(options: GenerateCommand): Promise<string> {
  const model = await readModel(options.checkpoint);
  const { config, vocabulary } = model;
  const session = await createInferenceSession({ ...model, threads: options.threads });
  try {
    const ids = await generate({
      session,
      config,
      ids: [BEGIN, ...encode(vocabulary, options.prompt)],
      maxNewTokens: options["max-tokens"],
      temperature: options.temperature,
      topP: options["top-p"],
      seed: options.seed,
      forbidFirst: [END, LINE_FEED, UNKNOWN],
      eos: END,
    });
    return decode(vocabulary, ids);
  } finally {
    await session.release();
  }
}
