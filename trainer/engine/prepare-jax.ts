import type { Executor } from "./training-contract.ts";
import { installWorkers } from "./wasm-workers.ts";

let prepared = false;

/**
 * To be called before jax-js is first loaded: at that moment its WebAssembly backend decides, for the
 * whole process, whether it has threads and how many. The first session decides; with the ONNX executor
 * jax-js only traces and needs none. This is why sessions import what uses jax-js dynamically.
 */
export function prepareJax(options: { executor: Executor; threads: number }): void {
  if (!prepared && options.executor === "wasm" && options.threads > 1) {
    installWorkers(options.threads);
  }
  prepared = true;
}
