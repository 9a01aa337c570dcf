import type { Device, HostArray } from "./device.ts";
import type { TracedFunction } from "./jaxpr.ts";
import { openOnnxDevice } from "./onnx-device.ts";
import { openWasmDevice } from "./wasm-device.ts";

/** Values of an argument in row-major order; a Float32Array is float32, an Int32Array int32. */
export type Argument = { values: HostArray; shape: number[] };

/** Runs a function on ONNX Runtime and on the wasm reference, and returns all outputs of each. For tests. */
export async function runOnBoth(
  fn: TracedFunction,
  args: Argument[],
): Promise<{ onnx: number[][]; wasm: number[][] }> {
  return {
    onnx: await runOn(openOnnxDevice(1), fn, args),
    wasm: await runOn(openWasmDevice(), fn, args),
  };
}

async function runOn<T>(device: Device<T>, fn: TracedFunction, args: Argument[]) {
  const specs = args.map(({ values, shape }) => ({
    shape,
    type: values instanceof Float32Array ? ("float32" as const) : ("int32" as const),
  }));
  const compiled = await device.compile(fn, specs);
  const outputs = await compiled.run(args.map(({ values, shape }) => device.put(values, shape)));
  const results = outputs.map((tensor) => Array.from(device.get(tensor)));
  await compiled.release();
  return results;
}
