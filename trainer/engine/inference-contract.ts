import type { Batch } from "../model/batch.ts";
import type { ModelConfig } from "../model/config.ts";
import type { NamedTensors } from "../model/parameters.ts";
import type { Executor } from "./training-contract.ts";

/** A model that only answers; one row of a fixed number of positions. */
export type InferenceSession = {
  length: number;
  /** Logits at every position, `[length * vocab]` row-major. Targets and tasks are not read. */
  logits(batch: Batch): Promise<Float32Array>;
  release(): Promise<void>;
};

export type InferenceSessionOptions = {
  config: ModelConfig;
  parameters: NamedTensors;
  length: number;
  executor: Executor;
  threads: number;
};
