import type { Sample } from "#server/runs/contract.ts";
import { createDecodingSession } from "../engine/decoding-session.ts";
import { generate } from "../model/generate.ts";
import type { NamedTensors } from "../model/parameters.ts";
import type { RunConfig } from "../recipes/run-config.ts";
import { decode } from "../tokenizer/decode.ts";
import { encode } from "../tokenizer/encode.ts";
import { BEGIN, END, LINE_FEED, UNKNOWN, type Vocabulary } from "../tokenizer/vocabulary.ts";

/** The model at hand for one text after another. */
export type SampleOptions = { config: RunConfig; parameters: NamedTensors; vocabulary: Vocabulary };

/** Continues the recipe's fixed prompts with a fixed seed, so that texts of different steps can be compared. */
export async function writeSamples({
  config,
  parameters,
  vocabulary,
}: SampleOptions): Promise<Sample[]> {
  const { model, executor, threads, samples, seed } = config;
  const decoder = await createDecodingSession({
    config: model,
    parameters,
    length: config.data.length,
    executor,
    threads,
    rows: 1,
  });
  try {
    const written: Sample[] = [];
    for (const { text, lang } of samples.prompts) {
      const ids = await generate({
        decoder,
        config: model,
        ids: [BEGIN, ...encode(vocabulary, text)],
        maxNewTokens: samples.maxTokens,
        temperature: samples.temperature,
        topP: samples.topP,
        seed,
        forbidFirst: [END, LINE_FEED, UNKNOWN],
        eos: END,
      });
      written.push({ prompt: text, text: decode(vocabulary, ids), task: "continuation", lang });
    }
    return written;
  } finally {
    await decoder.release();
  }
}
