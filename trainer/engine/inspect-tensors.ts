import type { ModelConfig } from "../model/config.ts";
import { describeTensor } from "../model/describe-tensor.ts";
import { parameterShapes } from "../model/parameters.ts";
import type { TensorInspection } from "./training-contract.ts";

/**
 * Statistics of every weight and of its gradient. The gradient is not kept by a step; it is what moved the first
 * moment: m' = β·m + (1 − β)·g, and g was the gradient times the clipping scale.
 */
export function inspectTensors(
  config: ModelConfig,
  values: (part: "weight" | "before" | "after", index: number) => Float32Array,
  at: { beta1: number; scale: number },
): TensorInspection[] {
  return [...parameterShapes(config)].map(([name, shape], index) => {
    const before = values("before", index);
    const gradient = values("after", index);
    for (let i = 0; i < gradient.length; i++) {
      const moved = (gradient[i] ?? 0) - at.beta1 * (before[i] ?? 0);
      gradient[i] = moved / ((1 - at.beta1) * at.scale);
    }
    const { mean: gradMean, std: gradStd } = describeTensor(gradient);
    return { name, shape, ...describeTensor(values("weight", index)), gradStd, gradMean };
  });
}
