import type { Device } from "./device.ts";
import type { Executor } from "./training-contract.ts";

/**
 * Opens the executor's device and does something with it. Each is loaded only when it is asked for, so
 * that a platform without ONNX Runtime still has the other.
 */
export async function openDevice<R>(
  options: { executor: Executor; threads: number },
  use: <T>(device: Device<T>) => Promise<R>,
): Promise<R> {
  if (options.executor === "onnx") {
    const { openOnnxDevice } = await import("./onnx-device.ts");
    return use(openOnnxDevice(options.threads));
  }
  const { openWasmDevice } = await import("./wasm-device.ts");
  return use(openWasmDevice());
}
