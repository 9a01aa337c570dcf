import { engineThread } from "./engine-thread.ts";
import { prepareJax } from "./prepare-jax.ts";
import type { Executor } from "./training-contract.ts";

/** The speed of a large matrix product with that many threads, 10⁹ operations a second: what a step is compared with. */
export async function measurePeak(options: {
  executor: Executor;
  threads: number;
}): Promise<number> {
  if (options.executor === "onnx") {
    return engineThread().measurePeak(options);
  }
  prepareJax(options);
  const { timeMatrixProduct } = await import("./time-matrix-product.ts");
  return timeMatrixProduct(options);
}
