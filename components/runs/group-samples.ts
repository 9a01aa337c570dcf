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

/** Samples by prompt, prompts in the order of their names. Of the same step the newest attempt counts. */
export function groupSamples(samples: readonly StoredSample[]): PromptSamples[] {
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
  return [...groups.values()].map((group) => {
    const texts = group.texts.sort((a, b) => a.step - b.step);
    return { ...group, texts: texts.length <= SHOWN ? texts : pickSpread(texts) };
  });
}

function pickSpread<T>(texts: readonly T[]): T[] {
  const picked = [texts[0], texts[Math.floor((texts.length - 1) / 2)], texts.at(-1)];
  return picked.filter((text) => text !== undefined);
}
