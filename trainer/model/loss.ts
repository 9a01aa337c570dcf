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
 * Cross-entropy of the next tokens that must be predicted.
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
  const state_BND = encode(parameters, batch, at.config);
  const table_VD = weight(parameters, "input_embedding.weight");
  const logits_BNV = np.matmul(state_BND.ref, np.transpose(table_VD.ref));
  const isTarget_BN = () => batch.target.ref.greaterEqual(0);
  const target_BN = np.where(isTarget_BN(), batch.target.ref, 0);
  const targetLogit_BN = np.sum(state_BND.mul(np.take(table_VD.ref, target_BN, 0)), -1);
  const entropy_BN = np.where(isTarget_BN(), logSumExp(logits_BNV).sub(targetLogit_BN), 0);

  const count = np.sum(np.where(isTarget_BN(), 1, 0).astype(np.float32));
  const perTask = taskSums(lax.stopGradient(entropy_BN.ref), batch, at.tasks);
  return { loss: np.sum(entropy_BN).mul(np.reciprocal(count)), ...perTask };
}

/** log Σ exp over the last axis, shifted by the maximum so that it cannot overflow. Consumes its argument. */
function logSumExp(x_BNV: np.Array): np.Array {
  const highest_BN1 = lax.stopGradient(np.max(x_BNV.ref, -1, { keepdims: true }));
  const total_BN = np.sum(np.exp(x_BNV.sub(highest_BN1.ref)), -1);
  return np.log(total_BN).add(highest_BN1.reshape(x_BNV.shape.slice(0, -1)));
}

function taskSums(
  entropy_BN: np.Array,
  batch: BatchArrays,
  tasks: number,
): { taskSum: np.Array; taskCount: np.Array } {
  const [rows = 0, length = 0] = batch.target.shape;
  const task_T11 = np.arange(tasks).astype(np.int32).reshape([tasks, 1, 1]);
  const ofTask_TBN = np.logicalAnd(
    batch.task.ref.reshape([1, rows, length]).equal(task_T11),
    batch.target.ref.greaterEqual(0).reshape([1, rows, length]),
  );
  const taskSum = np.sum(
    np.where(ofTask_TBN.ref, entropy_BN.reshape([1, rows, length]), 0),
    [1, 2],
  );
  const taskCount = np.sum(np.where(ofTask_TBN, 1, 0).astype(np.float32), [1, 2]);
  return { taskSum, taskCount };
}
