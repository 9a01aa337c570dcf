import { adjustLogits, type LogitRules } from "./adjust-logits.ts";
import { type Batch, emptyBatch } from "./batch.ts";
import type { ModelConfig } from "./config.ts";
import type { Decoder } from "./decoder.ts";
import { createRandom } from "./random.ts";
import { sampleToken } from "./sample-token.ts";

/** The prompt slot and segment type under which the model was taught to continue a text. */
const CONTINUATION_SLOT = 2;
const TEXT_SEGMENT = 2;

export type TextOptions = LogitRules & {
  decoder: Decoder;
  config: ModelConfig;
  /** `<s>` and the text to continue. */
  ids: number[];
  maxNewTokens: number;
  /** Ends the text; it is not part of the answer. */
  eos: number;
};

export type GenerateOptions = TextOptions & {
  /** 0 takes the likeliest token every time. */
  temperature: number;
  /** Tokens are drawn from the smallest set whose probability reaches this; 1 draws from all. */
  topP: number;
  seed: number;
  /** Told each token as it is chosen. */
  onToken?: (token: number) => void;
};

/**
 * The tokens that follow `ids`, without the end mark. The given text attends in both directions; new tokens see it and
 * the new tokens before them. When the decoder is full the answer ends, and a longer prompt loses its beginning, after
 * the first token.
 */
export async function generate(options: GenerateOptions): Promise<number[]> {
  const { decoder, config, eos, temperature, topP } = options;
  const random = createRandom(options.seed);
  const { batch, room } = layOut(options);
  const generated: number[] = [];
  let logits = await decoder.begin(batch);
  while (generated.length < room) {
    adjustLogits(logits, generated, options);
    const token = sampleToken(logits, { temperature, topP, random });
    if (token === eos) {
      break;
    }
    generated.push(token);
    options.onToken?.(token);
    if (generated.length < room) {
      const rows = Array.from({ length: decoder.rows });
      const all = await decoder.extend(
        rows.map(() => token),
        rows.map(() => 0),
      );
      logits = all.slice(0, config.vocab_size);
    }
  }
  return generated;
}

/** The given text under the prompt of continuation, and how many tokens may follow it. */
export function layOut(options: TextOptions): { batch: Batch; room: number } {
  const { decoder, config, maxNewTokens } = options;
  const given = fitPrompt(options);
  const prompt = config.prompt_length;
  const batch = emptyBatch(1, decoder.length);
  for (let k = 0; k < prompt; k++) {
    batch.input[k] = CONTINUATION_SLOT * prompt + k;
    batch.isPrompt[k] = 1;
  }
  batch.input.set(given, prompt);
  const end = prompt + given.length;
  batch.segment.fill(TEXT_SEGMENT, prompt, end);
  batch.lengths[0] = end;
  return { batch, room: Math.min(maxNewTokens, decoder.length - end) };
}

/** The ids, shortened after the first one so that the new tokens (at least one) find room. */
function fitPrompt({ decoder, config, ids, maxNewTokens }: TextOptions): number[] {
  const capacity = decoder.length - config.prompt_length;
  if (ids.length === 0 || capacity < 2) {
    throw new RangeError(
      `Generation needs at least one id and a session of ${config.prompt_length + 2} positions or more; got ${ids.length} ids and ${decoder.length} positions.`,
    );
  }
  if (ids.length < capacity) {
    return ids;
  }
  const kept = Math.max(1, capacity - Math.max(1, maxNewTokens));
  const [first = 0] = ids;
  return kept === 1 ? [first] : [first, ...ids.slice(ids.length - kept + 1)];
}
