import { readModel } from "../checkpoint/read-model.ts";
import { createInferenceSession } from "../engine/inference-session.ts";
import { emptyBatch } from "../model/batch.ts";
import { TrainerError } from "../trainer-error.ts";
import type { LogitsCommand } from "./parse-arguments.ts";

/** Logits [V] at the last id, with the prompt of a slot in front and everything given as context. */
export async function lastLogits({
  checkpoint,
  ids,
  slot,
  segment,
  threads,
}: LogitsCommand): Promise<number[]> {
  const { config, parameters, executor } = await readModel(checkpoint);
  checkRange("--slot", slot, config.prompt_types);
  checkRange("--segment", segment, config.segment_types);
  for (const id of ids) {
    checkRange("--ids", id, config.vocab_size);
  }
  const prompt = config.prompt_length;
  const length = prompt + ids.length;
  const batch = emptyBatch(1, length);
  batch.input.set(Array.from({ length: prompt }, (_, k) => slot * prompt + k));
  batch.input.set(ids, prompt);
  batch.isPrompt.fill(1, 0, prompt);
  batch.context.fill(1);
  batch.segment.fill(segment, prompt);
  batch.lengths[0] = length;
  const session = await createInferenceSession({
    config,
    parameters,
    length,
    executor,
    threads,
  });
  try {
    const logits = await session.logits(batch);
    return Array.from(
      logits.subarray((length - 1) * config.vocab_size, length * config.vocab_size),
    );
  } finally {
    await session.release();
  }
}

function checkRange(name: string, value: number, limit: number): void {
  if (value >= limit) {
    throw new TrainerError(
      "usage",
      `${name} ${value} is outside this model's 0…${limit - 1}. Choose a smaller one.`,
    );
  }
}
