import { type Batch, emptyBatch } from "./batch.ts";
import type { ModelConfig } from "./config.ts";
import { createRandom, type Random } from "./random.ts";
import { sampleToken } from "./sample-token.ts";

/** The prompt slot and segment type under which the model was taught to continue a text. */
const CONTINUATION_SLOT = 2;
const TEXT_SEGMENT = 2;

export type GenerateOptions = {
  session: { length: number; logits(batch: Batch): Promise<Float32Array> };
  config: ModelConfig;
  /** `<s>` and the text to continue. */
  ids: number[];
  maxNewTokens: number;
  /** 0 takes the likeliest token every time. */
  temperature: number;
  /** Tokens are drawn from the smallest set whose probability reaches this; 1 draws from all. */
  topP: number;
  seed: number;
  /** Tokens that must not come first, such as `</s>` and the line break. */
  forbidFirst?: number[];
  /** Divides positive and multiplies negative logits of tokens generated before (CTRL); 1 is off. */
  repetitionPenalty?: number;
  /** Ends the text; it is not part of the answer. */
  eos: number;
};

/**
 * The tokens that follow `ids`, without the end mark. The given text attends in both directions. A new
 * token is laid out as one that had to be predicted: it sees the text and the new tokens before it, and no
 * earlier position sees it, which is just what a key-value cache would give. Each token costs one forward
 * pass over the session's length; when that is full the answer ends, and a longer prompt loses its
 * beginning, after the first token.
 */
export async function generate(options: GenerateOptions): Promise<number[]> {
  const { session, config, maxNewTokens, eos } = options;
  const random = createRandom(options.seed);
  const given = fitPrompt(options);
  const room = session.length - config.prompt_length - given.length;
  const generated: number[] = [];
  while (generated.length < Math.min(maxNewTokens, room)) {
    const batch = layOut(config, session.length, { given, generated });
    const all = await session.logits(batch);
    const last = (batch.lengths[0] ?? 1) - 1;
    const logits = all.slice(last * config.vocab_size, (last + 1) * config.vocab_size);
    const token = chooseToken(logits, { options, generated, random });
    if (token === eos) {
      break;
    }
    generated.push(token);
  }
  return generated;
}

/** The ids, shortened after the first one so that the new tokens (at least one) find room. */
function fitPrompt({ session, config, ids, maxNewTokens }: GenerateOptions): number[] {
  const capacity = session.length - config.prompt_length;
  if (ids.length === 0 || capacity < 2) {
    throw new RangeError(
      `Generation needs at least one id and a session of ${config.prompt_length + 2} positions or more; got ${ids.length} ids and ${session.length} positions.`,
    );
  }
  if (ids.length < capacity) {
    return ids;
  }
  const kept = Math.max(1, capacity - Math.max(1, maxNewTokens));
  const [first = 0] = ids;
  return kept === 1 ? [first] : [first, ...ids.slice(ids.length - kept + 1)];
}

function layOut(
  config: ModelConfig,
  length: number,
  text: { given: number[]; generated: number[] },
): Batch {
  const batch = emptyBatch(1, length);
  const prompt = config.prompt_length;
  for (let k = 0; k < prompt; k++) {
    batch.input[k] = CONTINUATION_SLOT * prompt + k;
    batch.isPrompt[k] = 1;
  }
  const ids = [...text.given, ...text.generated];
  batch.input.set(ids, prompt);
  const end = prompt + ids.length;
  batch.segment.fill(TEXT_SEGMENT, prompt, end);
  batch.context.fill(0, prompt + text.given.length, end);
  batch.lengths[0] = end;
  return batch;
}

function chooseToken(
  logits: Float32Array,
  at: { options: GenerateOptions; generated: number[]; random: Random },
): number {
  const { temperature, topP, forbidFirst = [], repetitionPenalty = 1 } = at.options;
  for (const token of new Set(at.generated)) {
    const logit = logits[token] ?? 0;
    logits[token] = logit > 0 ? logit / repetitionPenalty : logit * repetitionPenalty;
  }
  if (at.generated.length === 0) {
    for (const token of forbidFirst) {
      logits[token] = Number.NEGATIVE_INFINITY;
    }
  }
  return sampleToken(logits, { temperature, topP, random: at.random });
}
