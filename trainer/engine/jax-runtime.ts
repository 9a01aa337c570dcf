import { defaultDevice, init } from "@jax-js/jax";
import { installWorkers } from "./wasm-workers.ts";

let wasm: Promise<void> | undefined;

/**
 * Starts jax-js' WebAssembly backend. It is one per process: the first caller decides the number of
 * threads.
 */
export function startWasm(threads: number): Promise<void> {
  wasm ??= (async () => {
    if (threads > 1) {
      installWorkers(threads);
    }
    await init("wasm");
    defaultDevice("wasm");
  })();
  return wasm;
}
