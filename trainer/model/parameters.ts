import type { ModelConfig } from "./config.ts";
import { createRandom, seedFor } from "./random.ts";

export type Tensor = { shape: number[]; data: Float32Array };

/** Weights under their native names, in the order of the sorted names. */
export type NamedTensors = Map<string, Tensor>;

const EMBEDDING_STD = 0.02;

/**
 * Names and shapes of all trainable tensors, sorted by name. Linear weights are `[out, in]`.
 * A sub-block that `mask_modules` skips has no weights.
 */
export function parameterShapes(config: ModelConfig): Map<string, number[]> {
  const { dim_model: d, dim_ff: f } = config;
  const inner = config.num_heads * config.dim_head;
  const shapes: [string, number[]][] = [
    ["encoder.output_layernorm.weight", [d]],
    ["input_embedding.weight", [config.vocab_size, d]],
    ["prompt_embedding.weight", [config.prompt_types * config.prompt_length, d]],
    ["segment_embedding.weight", [config.segment_types, d]],
    ["position_bias.relative_attention_bias", [positionBiasRows(config), config.num_heads]],
  ];
  for (let layer = 0; layer < config.num_layers; layer++) {
    const [skipAttention, skipFeedforward] = config.mask_modules?.[layer] ?? [false, false];
    const prefix = `encoder.layers.${layer}`;
    if (!skipAttention) {
      const attention = `${prefix}.self_att.self_attention`;
      shapes.push(
        [`${prefix}.self_att.layernorm_before_attention.weight`, [d]],
        [`${attention}.project_q.weight`, [inner, d]],
        [`${attention}.project_k.weight`, [inner, d]],
        [`${attention}.project_v.weight`, [inner, d]],
        [`${attention}.attention_out.weight`, [d, inner]],
      );
    }
    if (!skipFeedforward) {
      shapes.push(
        [`${prefix}.ffn.layernorm_before_ffn.weight`, [d]],
        [`${prefix}.ffn.ffn.w_in.w_0.weight`, [f, d]],
        [`${prefix}.ffn.ffn.w_in.w_1.weight`, [f, d]],
        [`${prefix}.ffn.ffn.w_out.weight`, [d, f]],
      );
    }
  }
  // Code-unit order, not the locale's: it must be the same on every machine.
  return new Map(shapes.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** S² rows for each ordered pair of segment types, after B rows for distances within one segment. */
export function positionBiasRows(config: ModelConfig): number {
  return config.segment_types ** 2 + config.position_bias_num_buckets;
}

/**
 * Weights before training: norms 1, embeddings normal(0, 0.02), everything else normal(0, 1), because
 * every linear map divides by √in itself. Each tensor draws from its own stream, seeded by its name, so
 * that adding a layer leaves the others unchanged.
 */
export function initParameters(config: ModelConfig, seed: number): NamedTensors {
  const parameters: NamedTensors = new Map();
  for (const [name, shape] of parameterShapes(config)) {
    const data = new Float32Array(shape.reduce((size, dim) => size * dim, 1));
    if (name.includes("layernorm")) {
      data.fill(1);
    } else {
      const random = createRandom(seedFor(seed, name));
      const std = name.endsWith("_embedding.weight") ? EMBEDDING_STD : 1;
      for (let i = 0; i < data.length; i++) {
        data[i] = std * random.normal();
      }
    }
    parameters.set(name, { shape, data });
  }
  return parameters;
}
