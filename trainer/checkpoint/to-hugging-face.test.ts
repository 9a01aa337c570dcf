/**
 * The other class's forward pass is written here a second time, in double precision and without any of this trainer's
 * code, from the published architecture: no scaling of linear maps, embeddings or residual sums.
 *
 * The real class itself is asked in transformers.test.ts, where Python packages can be had.
 */
import { describe, expect, test } from "vitest";
import { createInferenceSession } from "../engine/inference-session.ts";
import { emptyBatch } from "../model/batch.ts";
import type { ModelConfig } from "../model/config.ts";
import { goldenConfig } from "../model/golden-cases.ts";
import { initParameters, type NamedTensors, type Tensor } from "../model/parameters.ts";
import { positionBucket } from "../model/position-bucket.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
import { huggingFaceConfigs, toHuggingFace } from "./to-hugging-face.ts";

const SHAPES: [string, ModelConfig][] = [
  ["two layers, narrow heads", goldenConfig],
  [
    "deep, inner width apart from the model's, other prompts and buckets",
    {
      ...goldenConfig,
      num_layers: 7,
      dim_model: 24,
      num_heads: 3,
      dim_head: 12,
      dim_ff: 60,
      prompt_length: 2,
      prompt_types: 3,
      segment_types: 3,
      position_bias_num_buckets: 16,
      position_bias_max_distance: 20,
    },
  ],
  [
    "one wide layer, many slots",
    {
      ...goldenConfig,
      num_layers: 1,
      dim_model: 64,
      num_heads: 4,
      dim_head: 16,
      dim_ff: 160,
      vocab_size: 97,
      prompt_types: 9,
      prompt_length: 5,
      segment_types: 6,
    },
  ],
];

/** Fresh weights, with norms that are not all one so that a forgotten norm shows. */
function weightsOf(config: ModelConfig): NamedTensors {
  const parameters = initParameters(config, 7);
  for (const [name, { data }] of parameters) {
    if (name.includes("layernorm")) {
      data.forEach((value, i) => {
        data[i] = value + 0.3 * Math.sin(i);
      });
    }
    if (name.endsWith("_embedding.weight")) {
      data.forEach((value, i) => {
        data[i] = 30 * value;
      });
    }
  }
  return parameters;
}

type Matrix = number[][];

function matrixOf({ shape, data }: Tensor): Matrix {
  const [rows = 0, width = 0] = shape;
  return Array.from({ length: rows }, (_, r) => Array.from(data.slice(r * width, (r + 1) * width)));
}

const dot = (a: number[], b: number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0);
const apply = (x: Matrix, weight: Matrix): Matrix =>
  x.map((row) => weight.map((column) => dot(row, column)));
const plus = (a: Matrix, b: Matrix): Matrix =>
  a.map((row, i) => row.map((value, k) => value + (b[i]?.[k] ?? Number.NaN)));

function norm(x: Matrix, weight: Tensor, eps: number): Matrix {
  return x.map((row) => {
    const root = Math.sqrt(dot(row, row) / row.length + eps);
    return row.map((value, k) => (value / root) * (weight.data[k] ?? Number.NaN));
  });
}

/** The error function by its power series, which is exact enough where it is not one yet. */
function erf(x: number): number {
  if (Math.abs(x) > 4) {
    return Math.sign(x);
  }
  let term = x;
  let sum = x;
  for (let n = 1; n < 80; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const gelu = (x: number): number => (x * (1 + erf(x * Math.SQRT1_2))) / 2;

/** Logits `[ids, vocabulary]` of CpmAntForCausalLM without a cache: prompt slot 2, segment 2, everything given. */
function referenceLogits(tensors: NamedTensors, config: ModelConfig, ids: number[]): Matrix {
  const tensor = (name: string): Tensor => {
    const found = tensors.get(name);
    if (found === undefined) {
      throw new Error(`not exported: ${name}`);
    }
    return found;
  };
  const weight = (name: string): Matrix => matrixOf(tensor(name));
  const P = config.prompt_length;
  const prompt = Array.from({ length: P }, (_, k) => config.vocab_size + 2 * P + k);
  const embedding = weight("cpmant.input_embedding.weight");
  const segmentTable = weight("cpmant.segment_embedding.weight");
  const segments = [...prompt.map(() => 0), ...ids.map(() => 2)];
  const pick = (table: Matrix, rows: number[]): Matrix => rows.map((row) => table[row] ?? []);
  let x = plus(pick(embedding, [...prompt, ...ids]), pick(segmentTable, segments));

  const table = weight("cpmant.position_bias.relative_attention_bias");
  const buckets = config.position_bias_num_buckets;
  const bias = (query: number, key: number, head: number): number => {
    const [a = 0, b = 0] = [segments[query], segments[key]];
    const row =
      a === b
        ? positionBucket(key - query, buckets, config.position_bias_max_distance)
        : buckets + a * config.segment_types + b;
    return table[row]?.[head] ?? Number.NaN;
  };
  for (let layer = 0; layer < config.num_layers; layer++) {
    const prefix = `cpmant.encoder.layers.${layer}`;
    const attention = `${prefix}.self_att.self_attention`;
    const before = norm(
      x,
      tensor(`${prefix}.self_att.layernorm_before_attention.weight`),
      config.eps,
    );
    const [q, k, v] = ["project_q", "project_k", "project_v"].map((name) =>
      apply(before, weight(`${attention}.${name}.weight`)),
    ) as [Matrix, Matrix, Matrix];
    const mixed = q.map((query, i) =>
      Array.from({ length: config.num_heads }, (_, head) => {
        const from = head * config.dim_head;
        const part = (row: number[]): number[] => row.slice(from, from + config.dim_head);
        const scores = k.map(
          (key, j) => dot(part(query), part(key)) / Math.sqrt(config.dim_head) + bias(i, j, head),
        );
        const highest = Math.max(...scores);
        const shares = scores.map((score) => Math.exp(score - highest));
        const total = shares.reduce((a, b) => a + b);
        return part(query).map(
          (_, at) =>
            shares.reduce((sum, share, j) => sum + share * (v[j]?.[from + at] ?? Number.NaN), 0) /
            total,
        );
      }).flat(),
    );
    x = plus(x, apply(mixed, weight(`${attention}.attention_out.weight`)));
    const inner = norm(x, tensor(`${prefix}.ffn.layernorm_before_ffn.weight`), config.eps);
    const gate = apply(inner, weight(`${prefix}.ffn.ffn.w_in.w_0.weight`));
    const value = apply(inner, weight(`${prefix}.ffn.ffn.w_in.w_1.weight`));
    const product = gate.map((row, i) =>
      row.map((g, n) => gelu(g) * (value[i]?.[n] ?? Number.NaN)),
    );
    x = plus(x, apply(product, weight(`${prefix}.ffn.ffn.w_out.weight`)));
  }
  const last = norm(x, tensor("cpmant.encoder.output_layernorm.weight"), config.eps);
  return apply(last.slice(P), weight("lm_head.weight"));
}

async function ourLogits(
  parameters: NamedTensors,
  config: ModelConfig,
  ids: number[],
): Promise<Float32Array> {
  const P = config.prompt_length;
  const batch = emptyBatch(1, P + ids.length);
  batch.input.set([...Array.from({ length: P }, (_, k) => 2 * P + k), ...ids]);
  batch.isPrompt.fill(1, 0, P);
  batch.segment.fill(2, P);
  batch.lengths[0] = batch.length;
  const session = await createInferenceSession({
    config,
    parameters,
    length: batch.length,
    executor: "onnx",
    threads: 1,
  });
  const logits = await session.logits(batch);
  await session.release();
  return logits.slice(P * config.vocab_size);
}

const IDS = [6, 12, 9, 30, 17, 17, 11, 25, 8, 31, 14];

describe.each(SHAPES)("a model of %s", (_, config) => {
  test("gives in the other class's form the logits that it gives in ours", async () => {
    const parameters = weightsOf(config);
    const file = encodeSafetensors(toHuggingFace(parameters, config, "vocab"));
    const expected = referenceLogits(decodeSafetensors(file), config, IDS).flat();
    const actual = await ourLogits(parameters, config, IDS);
    expect(actual).toHaveLength(expected.length);
    const worst = Math.max(
      ...expected.map((value, i) => Math.abs(value - (actual[i] ?? Number.NaN))),
    );
    expect(worst).toBeLessThan(1e-4);
    expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(0.1);
  });

  test("has one row for each token and prompt, and a head only when asked for", () => {
    const parameters = weightsOf(config);
    const tied = toHuggingFace(parameters, config, "omit");
    const prompts = config.prompt_types * config.prompt_length;
    expect(tied.get("cpmant.input_embedding.weight")?.shape).toEqual([
      config.vocab_size + prompts,
      config.dim_model,
    ]);
    expect(tied.has("lm_head.weight")).toBe(false);
    expect(huggingFaceConfigs(config, "bf16").config).toMatchObject({
      model_type: "cpmant",
      hidden_size: config.dim_model,
      num_hidden_layers: config.num_layers,
      dtype: "bfloat16",
    });
  });
});

test("a model that the other class cannot hold is refused with the way out", () => {
  const skipping: ModelConfig = {
    ...goldenConfig,
    mask_modules: [
      [true, false],
      [false, false],
    ],
  };
  expect(() => toHuggingFace(weightsOf(skipping), skipping, "vocab")).toThrow("--format native");
  const few = { ...goldenConfig, segment_types: 2 };
  expect(() => toHuggingFace(weightsOf(few), few, "vocab")).toThrow("--format native");
});
