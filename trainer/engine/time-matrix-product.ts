import { numpy as np } from "@jax-js/jax";
import { openDevice } from "./open-device.ts";
import type { Executor } from "./training-contract.ts";

const SIZE = 1024;
/** Long enough for the processor to leave its slow start. */
const LEAST_MS = 1_500;

/** The best of a few products of two square matrices, in 10⁹ operations a second. */
export function timeMatrixProduct(options: {
  executor: Executor;
  threads: number;
}): Promise<number> {
  return openDevice(options, async (device) => {
    const shape = [SIZE, SIZE];
    const spec = { shape, type: "float32" as const };
    const product = (a: np.Array, b: np.Array): np.Array[] => [np.matmul(a, b)];
    const compiled = await device.compile(
      (...[a, b]) => product(a as np.Array, b as np.Array),
      [spec, spec],
    );
    const matrices = [1, 2].map((seed) =>
      device.put(
        Float32Array.from({ length: SIZE * SIZE }, (_, i) => Math.sin(seed * i)),
        shape,
      ),
    );
    let best = Number.POSITIVE_INFINITY;
    const until = performance.now() + LEAST_MS;
    while (performance.now() < until) {
      const startedAt = performance.now();
      const outputs = await compiled.run(matrices);
      best = Math.min(best, performance.now() - startedAt);
      for (const tensor of outputs) {
        device.free(tensor);
      }
    }
    for (const tensor of matrices) {
      device.free(tensor);
    }
    await compiled.release();
    return (2 * SIZE ** 3) / (1e6 * best);
  });
}
