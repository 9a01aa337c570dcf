import { blockUntilReady, defaultDevice, jit, numpy as np } from "@jax-js/jax";
import type { Device, HostArray } from "./device.ts";
import type { TracedFunction } from "./jaxpr.ts";

/** jax-js' own WebAssembly backend: the reference for the ONNX graphs, and the fallback without them. */
export function openWasmDevice(): Device<np.Array> {
  defaultDevice("wasm");
  return {
    put: (values, shape) => np.array(values as Float32Array<ArrayBuffer>, { shape }),
    empty: (shape) => np.zeros(shape),
    get: (tensor) => tensor.ref.dataSync().slice() as HostArray,
    free: (tensor) => tensor.dispose(),
    async compile(fn: TracedFunction) {
      const compiled = jit(fn);
      return {
        async run(args, into = []) {
          const results = compiled(...args.map((tensor) => tensor.ref));
          await blockUntilReady(results);
          for (const tensor of into) {
            tensor.dispose();
          }
          return results;
        },
        async release() {
          compiled.dispose();
        },
      };
    },
  };
}
