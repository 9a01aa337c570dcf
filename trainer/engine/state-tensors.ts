import type { ModelConfig } from "../model/config.ts";
import { type NamedTensors, parameterShapes } from "../model/parameters.ts";
import type { Device } from "./device.ts";

/** Gives named tensors to the device in the order of the sorted names, after checking every shape; their memory may be kept. */
export function putParameters<T>(
  device: Device<T>,
  config: ModelConfig,
  tensors: NamedTensors,
): T[] {
  const shapes = [...parameterShapes(config)];
  for (const [name, shape] of shapes) {
    const found = tensors.get(name);
    if (found === undefined || found.shape.join() !== shape.join()) {
      const what = found === undefined ? "missing" : `[${found.shape}]`;
      throw new Error(
        `Tensor "${name}" is ${what} where the configuration asks for [${shape}]: load a checkpoint of this configuration.`,
      );
    }
  }
  return shapes.map(([name, shape]) => {
    const data = tensors.get(name)?.data ?? new Float32Array();
    return device.put(data, shape);
  });
}

/** Copies as many tensors as the model has parameters back to their names. */
export function getParameters<T>(
  device: Device<T>,
  config: ModelConfig,
  tensors: T[],
): NamedTensors {
  const shapes = [...parameterShapes(config)];
  return new Map(
    tensors.flatMap((tensor, index) => {
      const [name, shape] = shapes[index] ?? [];
      return name === undefined || shape === undefined
        ? []
        : [[name, { shape, data: device.get(tensor) as Float32Array }] as const];
    }),
  );
}
