import { lax, numpy as np } from "@jax-js/jax";
import type { BatchArrays } from "./batch-arrays.ts";
import type { ModelConfig } from "./config.ts";
import { encode } from "./cpm.ts";
import { type ParameterTree, weight } from "./parameter-tree.ts";

export type Loss = {
  /** Mean cross-entropy over all targets, in nats; a scalar; NaN for a batch without a target. */
  loss: np.Array;
  /** `[tasks]`: sum of the cross-entropies of each task's targets. */
  taskSum: np.Array;
  /** `[tasks]`: number of targets of each task. */
  taskCount: np.Array;
};

/**
 * Cross-entropy of the next tokens that must be predicted, computed at those positions only (K of them).
 *
 * The logit of the target is the product of the state with the target's row of the table, not a value
 * picked from the logits: V times fewer elements are touched, and no one-hot is made. Borrows its
 * arguments.
 */
export function loss(
  parameters: ParameterTree,
  batch: BatchArrays,
  at: { config: ModelConfig; tasks: number },
): Loss {
  const { logits_KV, targetLogit_K } = compare(parameters, batch, at.config);
  return reduceLoss(batch, { logits_KV, targetLogit_K }, at.tasks);
}

/** The target's logit is summed in another order than the others, so equality needs some room. */
const TIE = 1e-4;

/** The loss, and `[tasks]` how many targets of each task are the likeliest token. Borrows its arguments. */
export function lossAndHits(
  parameters: ParameterTree,
  batch: BatchArrays,
  at: { config: ModelConfig; tasks: number },
): Loss & { taskCorrect: np.Array } {
  const { logits_KV, targetLogit_K } = compare(parameters, batch, at.config);
  const highest_K = np.max(logits_KV.ref, -1);
  const hit_K = np.where(targetLogit_K.ref.add(TIE).greaterEqual(highest_K), 1, 0);
  const { taskSum: taskCorrect, taskCount } = taskSums(
    hit_K.astype(np.float32),
    batch.task,
    at.tasks,
  );
  taskCount.dispose();
  return { ...reduceLoss(batch, { logits_KV, targetLogit_K }, at.tasks), taskCorrect };
}

/** Logits of the whole vocabulary at the positions with a target, and the target's own. */
function compare(
  parameters: ParameterTree,
  batch: BatchArrays,
  config: ModelConfig,
): { logits_KV: np.Array; targetLogit_K: np.Array } {
  const state_BND = encode(parameters, batch, { config });
  const [rows = 0, length = 0, width = 0] = state_BND.shape;
  const state_KD = np.take(state_BND.reshape([rows * length, width]), batch.position.ref, 0);
  const table_VD = weight(parameters, "input_embedding.weight");
  const logits_KV = np.matmul(state_KD.ref, np.transpose(table_VD.ref));
  const target_K = np.where(batch.target.ref.greaterEqual(0), batch.target.ref, 0);
  const targetLogit_K = np.sum(state_KD.mul(np.take(table_VD.ref, target_K, 0)), -1);
  return { logits_KV, targetLogit_K };
}

function reduceLoss(
  batch: BatchArrays,
  { logits_KV, targetLogit_K }: { logits_KV: np.Array; targetLogit_K: np.Array },
  tasks: number,
): Loss {
  const isTarget_K = () => batch.target.ref.greaterEqual(0);
  const entropy_K = np.where(isTarget_K(), logSumExp(logits_KV).sub(targetLogit_K), 0);
  const count = np.sum(np.where(isTarget_K(), 1, 0).astype(np.float32));
  const perTask = taskSums(lax.stopGradient(entropy_K.ref), batch.task, tasks);
  return { loss: np.sum(entropy_K).mul(np.reciprocal(count)), ...perTask };
}

/** log Σ exp over the last axis, shifted by the maximum so that it cannot overflow. Consumes its argument. */
function logSumExp(x_KV: np.Array): np.Array {
  const highest_K1 = lax.stopGradient(np.max(x_KV.ref, -1, { keepdims: true }));
  const total_K = np.sum(np.exp(x_KV.sub(highest_K1.ref)), -1);
  return np.log(total_K).add(highest_K1.reshape(x_KV.shape.slice(0, -1)));
}

/** Consumes the entropies, borrows the task ids; positions without target have task −1. */
function taskSums(
  entropy_K: np.Array,
  task_K: np.Array,
  tasks: number,
): { taskSum: np.Array; taskCount: np.Array } {
  const [count = 0] = entropy_K.shape;
  const id_T1 = np.arange(tasks).astype(np.int32).reshape([tasks, 1]);
  const ofTask_TK = task_K.ref.reshape([1, count]).equal(id_T1);
  const taskSum = np.sum(np.where(ofTask_TK.ref, entropy_K.reshape([1, count]), 0), 1);
  const taskCount = np.sum(np.where(ofTask_TK, 1, 0).astype(np.float32), 1);
  return { taskSum, taskCount };
}
