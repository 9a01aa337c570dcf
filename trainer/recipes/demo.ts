import { TaskWeights } from "./data-config.ts";
import type { RunConfig } from "./run-config.ts";

const STEPS = 40_000;
const PLAIN = TaskWeights.parse({});

/**
 * A desktop that draws 65 W more while it trains; carbon as China's grid emitted it on average in 2023 (0.5366 kg/kWh,
 * Ministry of Ecology and Environment), a household's price of electricity, and nothing for the machine itself.
 */
export const HOME_MACHINE = {
  peakGflops: null,
  watts: 65,
  kgCo2ePerKwh: 0.5366,
  pricePerKwh: 0.55,
  pricePerHour: 0,
  currency: "CNY",
};

/**
 * The run that `npm start` shows: 1.5 million parameters on Tang poems and public-domain English, for some hours on
 * two cores. Chinese first, then English beside it, then a cool-down in which the rate falls to a twentieth.
 */
export function demo(): RunConfig {
  return {
    name: "CPM-Ant demo",
    project: "cpm-live",
    seed: 1234,
    model: {
      vocab_size: 4096,
      dim_model: 128,
      dim_ff: 320,
      num_layers: 4,
      num_heads: 4,
      dim_head: 32,
      dropout_p: 0,
      position_bias_num_buckets: 32,
      position_bias_max_distance: 128,
      eps: 1e-6,
      half: false,
      prompt_types: 32,
      prompt_length: 8,
      segment_types: 16,
    },
    data: {
      datasets: [
        { name: "chinese", source: "tang-poems", share: 0.7 },
        { name: "english", source: "state-of-the-union", share: 0.5 },
        { name: "english", source: "moby-dick", share: 1 },
      ],
      tasks: PLAIN,
      perplexityDrop: 0,
      vocabulary: { size: 4096, subwords: 900 },
      rows: 16,
      length: 128,
      evalBatches: 4,
    },
    optimizer: { beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0.01, clip: 1 },
    accumulate: 1,
    schedule: { base: 0.2, warmup: 100 },
    steps: STEPS,
    stages: [
      { name: "Chinese base", fromStep: 0, mix: { chinese: 0.85, english: 0.15 }, rate: [1, 1] },
      {
        name: "English added",
        fromStep: 14_000,
        mix: { chinese: 0.5, english: 0.5 },
        rate: [1, 1],
      },
      { name: "Cool-down", fromStep: 34_000, mix: { chinese: 0.5, english: 0.5 }, rate: [1, 0.05] },
    ],
    evalEvery: 200,
    inspectEvery: 200,
    firstCheckpoint: 200,
    checkpointEvery: 1_000,
    keep: { last: 3, every: 5_000 },
    upload: ["model.safetensors", "config.json", "vocab.txt", "state.json"],
    logEvery: 10,
    samples: {
      maxTokens: 48,
      temperature: 0.9,
      topP: 0.9,
      prompts: [
        { text: "春江", lang: "zh" },
        { text: "明月", lang: "zh" },
        { text: "The people of", lang: "en" },
        { text: "The whale", lang: "en" },
      ],
    },
    efficiency: HOME_MACHINE,
    executor: "onnx",
    threads: 2,
  };
}
