/**
 * The CPM-Ant model (OpenBMB, 2022) as pure functions over jax-js arrays. They are written once and run
 * two ways: traced into a graph for ONNX Runtime, or compiled by jax-js' own WebAssembly backend, which is
 * the reference.
 *
 * Shape suffixes: B rows, N positions, D model width, H heads, K head width, F feed-forward width,
 * V vocabulary, I and O inputs and outputs of a linear map.
 *
 * jax-js counts references and every operation consumes its operands. The rule here: activations are
 * consumed, weights and batch arrays are borrowed (`.ref` at each use).
 */
import { numpy as np } from "@jax-js/jax";
import type { AttentionContext } from "./attention.ts";
import { attentionMask } from "./attention-mask.ts";
import type { ForwardArrays } from "./batch-arrays.ts";
import { block } from "./block.ts";
import type { ModelConfig } from "./config.ts";
import { embed } from "./embedding.ts";
import { type ParameterTree, weight } from "./parameter-tree.ts";
import { maskedPositionBias } from "./position-bias.ts";
import { rmsNorm } from "./rms-norm.ts";

/** The state of every position after the output norm, divided by √d: what the vocabulary is compared with. */
export function encode(
  parameters: ParameterTree,
  batch: ForwardArrays,
  { config, keep }: { config: ModelConfig; keep?: AttentionContext["keep"] },
): np.Array {
  const [rows = 0, length = 0] = batch.input.shape;
  const mask_BNN = attentionMask(batch);
  const bias_BHNN = maskedPositionBias(parameters, { config, batch, mask_BNN });
  const seesAny_BN = np.max(np.where(mask_BNN, 1, 0), -1).equal(1);
  const context: AttentionContext = {
    bias_BHNN,
    seesAny_B1N1: seesAny_BN.reshape([rows, 1, length, 1]),
    ...(keep === undefined ? {} : { keep }),
  };

  let x_BND = embed(parameters, batch);
  for (let layer = 0; layer < config.num_layers; layer++) {
    x_BND = block(x_BND, parameters, { layer, config, context });
  }
  const norm = weight(parameters, "encoder.output_layernorm.weight");
  return rmsNorm(x_BND, norm, config.eps).mul(1 / Math.sqrt(config.dim_model));
}

/** Logits over the vocabulary at every position, `[B, N, V]`. The token table is also the output layer. */
export function logits(
  parameters: ParameterTree,
  batch: ForwardArrays,
  config: ModelConfig,
): np.Array {
  const table_VD = weight(parameters, "input_embedding.weight").ref;
  return np.matmul(encode(parameters, batch, { config }), np.transpose(table_VD));
}
