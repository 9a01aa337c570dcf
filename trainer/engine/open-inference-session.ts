import { checkBatch } from "../model/batch.ts";
import {
  FORWARD_ARRAYS,
  type ForwardArrays,
  forwardShape,
  forwardValues,
} from "../model/batch-arrays.ts";
import type { ModelConfig } from "../model/config.ts";
import { logits } from "../model/cpm.ts";
import { parameterShapes } from "../model/parameters.ts";
import type { Device } from "./device.ts";
import type { InferenceSession, InferenceSessionOptions } from "./inference-contract.ts";
import { openDevice } from "./open-device.ts";
import { putParameters } from "./state-tensors.ts";
import { floats, parameterTree, type Traceable } from "./train-step.ts";

export function openInferenceSession(options: InferenceSessionOptions): Promise<InferenceSession> {
  return openDevice(options, (device) => openSession(device, options));
}

async function openSession<T>(
  device: Device<T>,
  options: InferenceSessionOptions,
): Promise<InferenceSession> {
  const { config, length } = options;
  const { fn, inputs } = forwardPass(config, length);
  const compiled = await device.compile(fn, inputs);
  const parameters = putParameters(device, config, options.parameters);
  return {
    length,
    async logits(batch) {
      if (batch.rows !== 1 || batch.length !== length) {
        throw new RangeError(
          `The session takes 1 × ${length} and got ${batch.rows} × ${batch.length}: pad the batch, or create a session of that length.`,
        );
      }
      checkBatch(batch, config);
      const args = forwardValues(batch).map(({ values, shape }) => device.put(values, shape));
      const outputs = await compiled.run([...parameters, ...args]);
      const [result] = outputs.map((tensor) => device.get(tensor) as Float32Array);
      for (const tensor of [...args, ...outputs]) {
        device.free(tensor);
      }
      return result ?? new Float32Array();
    },
    async release() {
      for (const tensor of parameters) {
        device.free(tensor);
      }
      await compiled.release();
    },
  };
}

/** Takes parameters and the arrays of one row; returns the logits at every position. */
function forwardPass(config: ModelConfig, length: number): Traceable {
  const shapes = [...parameterShapes(config).values()];
  return {
    fn: (...args) => {
      const entries = FORWARD_ARRAYS.map((name, index) => [name, args[shapes.length + index]]);
      const batch = Object.fromEntries(entries) as ForwardArrays;
      return [logits(parameterTree(config, args.slice(0, shapes.length)), batch, config)];
    },
    inputs: [
      ...floats(shapes),
      ...FORWARD_ARRAYS.map((name) => ({
        shape: forwardShape(name, { rows: 1, length }),
        type: "int32" as const,
      })),
    ],
  };
}
