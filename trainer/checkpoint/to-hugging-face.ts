import type { ModelConfig } from "../model/config.ts";
import type { NamedTensors, Tensor } from "../model/parameters.ts";
import { TrainerError } from "../trainer-error.ts";

/** `vocab`: a head over the vocabulary (transformers since August 2026). `omit`: older releases tie a longer one. */
export type LmHead = "vocab" | "omit";

const RESIDUAL_DIVISOR = 1.05;
const PROMPT_SLOTS_USED = 3;

/**
 * Our weights as those of transformers' `CpmAntForCausalLM`, which has no 1/√in, no 1/√d and no division of the
 * residual sums: all three are folded into the weights. Ours divides the stream by 1.05 after each sub-block, theirs
 * lets it grow, so what the n-th executed sub-block (from 0) adds is multiplied by 1.05ⁿ; the norms remove the rest.
 */
export function toHuggingFace(
  parameters: NamedTensors,
  config: ModelConfig,
  lmHead: LmHead,
): NamedTensors {
  checkExportable(config);
  const { dim_model: d } = config;
  const take = (name: string): Tensor => required(parameters, name);
  const table = scale(take("input_embedding.weight"), 1 / Math.sqrt(d));
  const prompts = scale(take("prompt_embedding.weight"), 1 / Math.sqrt(d));
  const exported: NamedTensors = new Map([
    ["cpmant.input_embedding.weight", concatenateRows(table, prompts)],
    ["cpmant.segment_embedding.weight", scale(take("segment_embedding.weight"), 1 / Math.sqrt(d))],
  ]);
  for (const name of UNCHANGED) {
    exported.set(`cpmant.${name}`, take(name));
  }
  for (const [name, factor] of layerFactors(config)) {
    exported.set(`cpmant.${name}`, scale(take(name), factor));
  }
  if (lmHead === "vocab") {
    exported.set("lm_head.weight", table);
  }
  return exported;
}

/** The way back: our weights from theirs, as exact as their numbers are. */
export function fromHuggingFace(exported: NamedTensors, config: ModelConfig): NamedTensors {
  const { dim_model: d, vocab_size: vocabulary } = config;
  const take = (name: string): Tensor => required(exported, `cpmant.${name}`);
  const table = scale(take("input_embedding.weight"), Math.sqrt(d));
  const cut = vocabulary * d;
  const prompts = config.prompt_types * config.prompt_length;
  const parameters: NamedTensors = new Map([
    ["input_embedding.weight", { shape: [vocabulary, d], data: table.data.slice(0, cut) }],
    ["prompt_embedding.weight", { shape: [prompts, d], data: table.data.slice(cut) }],
    ["segment_embedding.weight", scale(take("segment_embedding.weight"), Math.sqrt(d))],
  ]);
  for (const name of UNCHANGED) {
    parameters.set(name, take(name));
  }
  for (const [name, factor] of layerFactors(config)) {
    parameters.set(name, scale(take(name), 1 / factor));
  }
  return parameters;
}

const UNCHANGED = ["position_bias.relative_attention_bias", "encoder.output_layernorm.weight"];

/** Every weight of the layers by our name, and what theirs is multiplied by. */
function* layerFactors(config: ModelConfig): Generator<[name: string, factor: number]> {
  const { dim_model: d, dim_ff: f } = config;
  const inner = config.num_heads * config.dim_head;
  let growth = 1;
  for (let layer = 0; layer < config.num_layers; layer++) {
    const attention = `encoder.layers.${layer}.self_att`;
    yield [`${attention}.layernorm_before_attention.weight`, 1];
    for (const name of ["project_q", "project_k", "project_v"]) {
      yield [`${attention}.self_attention.${name}.weight`, 1 / Math.sqrt(d)];
    }
    yield [`${attention}.self_attention.attention_out.weight`, growth / Math.sqrt(inner)];
    growth *= RESIDUAL_DIVISOR;
    const feedforward = `encoder.layers.${layer}.ffn`;
    yield [`${feedforward}.layernorm_before_ffn.weight`, 1];
    yield [`${feedforward}.ffn.w_in.w_0.weight`, 1 / Math.sqrt(d)];
    yield [`${feedforward}.ffn.w_in.w_1.weight`, 1 / Math.sqrt(d)];
    yield [`${feedforward}.ffn.w_out.weight`, growth / Math.sqrt(f)];
    growth *= RESIDUAL_DIVISOR;
  }
}

/** `config.json` and `tokenizer_config.json` beside the weights. */
export function huggingFaceConfigs(
  config: ModelConfig,
  dtype: "fp32" | "fp16" | "bf16",
): { config: Record<string, unknown>; tokenizer: Record<string, unknown> } {
  const name = { fp32: "float32", fp16: "float16", bf16: "bfloat16" }[dtype];
  return {
    config: {
      architectures: ["CpmAntForCausalLM"],
      model_type: "cpmant",
      vocab_size: config.vocab_size,
      hidden_size: config.dim_model,
      num_attention_heads: config.num_heads,
      dim_head: config.dim_head,
      dim_ff: config.dim_ff,
      num_hidden_layers: config.num_layers,
      dropout_p: 0,
      position_bias_num_buckets: config.position_bias_num_buckets,
      position_bias_max_distance: config.position_bias_max_distance,
      eps: config.eps,
      init_std: 1,
      prompt_types: config.prompt_types,
      prompt_length: config.prompt_length,
      segment_types: config.segment_types,
      use_cache: true,
      torch_dtype: name,
      dtype: name,
      bos_token_id: 6,
      eos_token_id: 7,
      pad_token_id: 0,
    },
    tokenizer: { tokenizer_class: "CpmAntTokenizer", padding_side: "left" },
  };
}

/**
 * The text of such a `config.json`. transformers 5 refuses an integer where a field is a float, and JSON.stringify
 * writes 1.0 as 1.
 */
export function formatHuggingFaceConfig(config: Record<string, unknown>): string {
  const text = JSON.stringify(config, null, 2);
  return `${text.replaceAll(/("(?:init_std|dropout_p|eps)": -?\d+)(?=[,\n])/g, "$1.0")}\n`;
}

/** The other class always uses prompt slot 2 and segment 2, and has no switch to leave a sub-block out. */
function checkExportable(config: ModelConfig): void {
  if (config.prompt_types < PROMPT_SLOTS_USED || config.segment_types < PROMPT_SLOTS_USED) {
    throw new TrainerError(
      "usage",
      `CpmAntForCausalLM reads prompt slot 2 and segment 2; this model has ${config.prompt_types} slots and ${config.segment_types} segment types. Export it with --format native.`,
    );
  }
  if (config.mask_modules?.some(([first, second]) => first || second) === true) {
    throw new TrainerError(
      "usage",
      "CpmAntForCausalLM cannot leave sub-blocks out (mask_modules). Export this model with --format native.",
    );
  }
}

function required(parameters: NamedTensors, name: string): Tensor {
  const tensor = parameters.get(name);
  if (tensor === undefined) {
    throw new TrainerError("data", `The checkpoint has no tensor ${name}. Use another copy.`);
  }
  return tensor;
}

function scale({ shape, data }: Tensor, factor: number): Tensor {
  return { shape, data: data.map((value) => value * factor) };
}

function concatenateRows(first: Tensor, second: Tensor): Tensor {
  const data = new Float32Array(first.data.length + second.data.length);
  data.set(first.data);
  data.set(second.data, first.data.length);
  const [rows = 0, width = 0] = first.shape;
  return { shape: [rows + (second.shape[0] ?? 0), width], data };
}
