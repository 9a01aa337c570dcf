import { InferenceSession, Tensor } from "onnxruntime-node";
import type { Compiled, Device, HostArray } from "./device.ts";
import type { TensorSpec, TracedFunction } from "./jaxpr.ts";
import { jaxprToOnnx } from "./jaxpr-to-onnx.ts";

/** ONNX Runtime on the CPU: each compiled function is one session with that many threads. */
export function openOnnxDevice(threads: number): Device<Tensor> {
  return {
    put: (values, shape) => new Tensor(values, shape),
    empty: (shape) =>
      new Tensor(new Float32Array(shape.reduce((size, dim) => size * dim, 1)), shape),
    get: (tensor) => (tensor.data as HostArray).slice(),
    free: (tensor) => tensor.dispose(),
    compile: (fn, inputs) => compile(fn, inputs, threads),
  };
}

async function compile(
  fn: TracedFunction,
  inputs: TensorSpec[],
  threads: number,
): Promise<Compiled<Tensor>> {
  const program = jaxprToOnnx(fn, inputs);
  const session = await InferenceSession.create(program.bytes, {
    executionProviders: ["cpu"],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    // A planned block for all intermediate values is claimed beside the pieces of the first run, which stay: up to
    // half as much memory again for no speed. Without the arena the step is four times as slow.
    enableMemPattern: false,
    enableCpuMemArena: true,
    logSeverityLevel: 3,
    extra: {
      session: {
        // Spinning threads would take the cores from the portal, which runs on the same machine.
        intra_op: { allow_spinning: "0" },
        // Denormal numbers, common far from the maximum of a softmax, cost a hundred times more.
        set_denormal_as_zero: "1",
      },
    },
  });
  const names = program.outputs.map((_, index) => `out${index}`);
  return {
    async run(args, into = []) {
      const feeds = Object.fromEntries(args.map((tensor, index) => [`in${index}`, tensor]));
      const fetches = Object.fromEntries(names.map((name, index) => [name, into[index] ?? null]));
      const results = await session.run(feeds, fetches);
      return names.map((name) => requireTensor(results[name], name));
    },
    release: () => session.release(),
  };
}

function requireTensor(value: unknown, name: string): Tensor {
  if (value instanceof Tensor) {
    return value;
  }
  throw new Error(
    `ONNX Runtime returned no tensor for "${name}"; the compiled graph is not valid.`,
  );
}
