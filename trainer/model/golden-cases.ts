import { type Batch, emptyBatch, NO_TARGET } from "./batch.ts";
import type { ModelConfig } from "./config.ts";
import golden from "./cpm-ant-golden.json" with { type: "json" };
import { type NamedTensors, parameterShapes } from "./parameters.ts";

/** The tiny model of the golden cases, and those cases as batches of one row. For tests. */
export const goldenConfig: ModelConfig = {
  vocab_size: 32,
  dim_model: 16,
  dim_ff: 24,
  num_layers: 2,
  num_heads: 2,
  dim_head: 8,
  dropout_p: 0,
  position_bias_num_buckets: 8,
  position_bias_max_distance: 16,
  eps: 1e-6,
  half: false,
  prompt_types: 4,
  prompt_length: 4,
  segment_types: 4,
};

export function goldenParameters(): NamedTensors {
  const parameters: NamedTensors = new Map();
  for (const [name, shape] of parameterShapes(goldenConfig)) {
    const t = parameters.size;
    const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => {
      const wave = Math.sin(0.7 * (t + 1) + 0.37 * i);
      return name.includes("layernorm") ? 1 + 0.25 * wave : wave;
    });
    parameters.set(name, { shape, data });
  }
  return parameters;
}

/** A: one sample, all given. B: two packed samples, only the first prompt as prompt, as published. C: both. */
export function goldenBatch(name: "A" | "B" | "C"): Batch {
  const source = golden[name];
  const batch = emptyBatch(1, source.input.length);
  const target = "target" in source ? source.target : [];
  batch.input.set(source.input);
  batch.isPrompt.set("isPrompt" in source ? source.isPrompt : [1, 1, 1, 1]);
  batch.context.set(source.context);
  batch.segment.set(source.segment);
  batch.span.set(source.span);
  batch.lengths.set([source.length]);
  batch.target.set(target);
  batch.task.set(target.map((id, i) => (id === NO_TARGET ? -1 : (source.span[i] ?? 0))));
  return batch;
}
