import { demo } from "./demo.ts";
import type { RunConfig } from "./run-config.ts";

const STEPS = 3_000;
const COOL_DOWN = 2_600;

/**
 * About an hour on two cores that are busy with other things: 6.2 million parameters on a built corpus of Chinese verse, long
 * enough to see characters become words and words become lines. Two samples in five are cues: summaries, questions,
 * rewriting; one in ten is a translation. English joins late and little, and the rate falls to a twentieth at the end.
 */
export function small(): RunConfig {
  const full = demo();
  return {
    ...full,
    name: "CPM-Ant small",
    model: {
      ...full.model,
      vocab_size: 6144,
      dim_model: 256,
      dim_ff: 640,
      num_layers: 6,
      num_heads: 8,
      dim_head: 32,
    },
    data: {
      ...full.data,
      datasets: [
        { name: "chinese", source: "tang-poems", share: 1 },
        { name: "english", source: "state-of-the-union", share: 0.2 },
        { name: "parallel", source: "cedict", share: 1 },
        { name: "parallel", source: "compiler-messages", share: 1 },
      ],
      tasks: { plain: 1, summary: 0.25, qa: 0.25, rewrite: 0.25, "en-zh": 1, "zh-en": 1 },
      vocabulary: { size: 6144, subwords: 600 },
      rows: 12,
      length: 128,
      evalBatches: 2,
    },
    schedule: { base: 0.2, warmup: 200 },
    steps: STEPS,
    stages: [
      {
        name: "Chinese",
        fromStep: 0,
        mix: { chinese: 0.9, english: 0, parallel: 0.1 },
        rate: [1, 1],
      },
      {
        name: "English beside it",
        fromStep: 1_400,
        mix: { chinese: 0.8, english: 0.1, parallel: 0.1 },
        rate: [1, 1],
      },
      {
        name: "Cool-down",
        fromStep: COOL_DOWN,
        mix: { chinese: 0.8, english: 0.1, parallel: 0.1 },
        rate: [1, 0.05],
      },
    ],
    evalEvery: 100,
    inspectEvery: 100,
    firstCheckpoint: 100,
    checkpointEvery: 500,
    keep: { last: 3, every: 1_000 },
    samples: {
      ...full.samples,
      prompts: [
        { text: "春江", lang: "zh" },
        { text: "明月", lang: "zh" },
        { text: "山中", lang: "zh" },
        { text: "The people of", lang: "en" },
      ],
    },
  };
}
