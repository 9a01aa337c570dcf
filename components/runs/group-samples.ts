import type { StoredSample } from "#server/runs/contract.ts";

export type PromptSamples = {
  prompt: string;
  task: string;
  lang: string | null;
  /** Oldest first; the same prompt at different steps. */
  texts: { attempt: number; step: number; text: string }[];
};

/** A prompt's texts side by side: the first, one from the middle, the newest; nothing is picked by its content. */
const SHOWN = 3;

/** The steps of which there are samples, in rising order. */
export const sampledSteps = (samples: readonly StoredSample[]): number[] =>
  [...new Set(samples.map(({ step }) => step))].sort((a, b) => a - b);

/** The steps that are shown until a reader chooses others. */
export function spreadSteps(steps: readonly number[]): number[] {
  return steps.length <= SHOWN ? [...steps] : pickSpread(steps);
}

/** Samples by prompt, in the order in which they come, at these steps. Of the same step the newest attempt counts. */
export function groupSamples(
  samples: readonly StoredSample[],
  steps: readonly number[] = spreadSteps(sampledSteps(samples)),
): PromptSamples[] {
  const groups = new Map<string, PromptSamples>();
  for (const { prompt, task, lang, attempt, step, text } of samples) {
    const id = JSON.stringify([task, prompt]);
    const group = groups.get(id) ?? { prompt, task, lang, texts: [] };
    if (!group.texts.some((known) => known.step === step && known.attempt > attempt)) {
      group.texts = [
        ...group.texts.filter((known) => known.step !== step),
        { attempt, step, text },
      ];
    }
    groups.set(id, group);
  }
  return [...groups.values()].map((group) => ({
    ...group,
    texts: steps.flatMap((step) => group.texts.filter((text) => text.step === step)),
  }));
}

function pickSpread<T>(texts: readonly T[]): T[] {
  const picked = [texts[0], texts[Math.floor((texts.length - 1) / 2)], texts.at(-1)];
  return picked.filter((text) => text !== undefined);
}
