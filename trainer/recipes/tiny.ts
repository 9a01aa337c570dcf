import { demo } from "./demo.ts";
import type { RunConfig } from "./run-config.ts";

/** Seconds instead of hours, without a network: for tests, and to try a machine. */
export function tiny(): RunConfig {
  const full = demo();
  return {
    ...full,
    name: "tiny",
    model: {
      ...full.model,
      vocab_size: 256,
      dim_model: 32,
      dim_ff: 64,
      num_layers: 2,
      num_heads: 2,
      dim_head: 16,
      prompt_types: 4,
      prompt_length: 4,
      segment_types: 4,
    },
    data: {
      datasets: [
        { name: "chinese", source: "built-in-chinese", share: 1 },
        { name: "english", source: "built-in-english", share: 1 },
      ],
      tasks: full.data.tasks,
      perplexityDrop: 0,
      vocabulary: { size: 256, subwords: 60 },
      rows: 4,
      length: 64,
      evalBatches: 1,
    },
    schedule: { base: 0.1, warmup: 10 },
    steps: 40,
    stages: [
      { name: "Chinese base", fromStep: 0, mix: { chinese: 1, english: 0 }, rate: [1, 1] },
      { name: "English added", fromStep: 12, mix: { chinese: 0.5, english: 0.5 }, rate: [1, 1] },
      { name: "Cool-down", fromStep: 32, mix: { chinese: 0.5, english: 0.5 }, rate: [1, 0.1] },
    ],
    evalEvery: 10,
    inspectEvery: 10,
    firstCheckpoint: 10,
    checkpointEvery: 10,
    keep: { last: 2, every: 20 },
    samples: {
      ...full.samples,
      maxTokens: 6,
      prompts: [
        { text: "清早", lang: "zh" },
        { text: "In the", lang: "en" },
      ],
    },
    threads: 1,
  };
}
