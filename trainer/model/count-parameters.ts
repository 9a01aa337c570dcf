import type { ModelConfig } from "./config.ts";
import { parameterShapes } from "./parameters.ts";

/**
 * Number of trainable values: L(4·d·H·h + 3·d·f + 2d) + d + (V + T·P + S)·d + (S² + B)·H when no
 * sub-block is skipped.
 */
export function countParameters(config: ModelConfig): number {
  let total = 0;
  for (const shape of parameterShapes(config).values()) {
    total += shape.reduce((size, dim) => size * dim, 1);
  }
  return total;
}
