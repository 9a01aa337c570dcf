import { numpy as np } from "@jax-js/jax";
import { InferenceSession } from "onnxruntime-node";
import { expect, test } from "vitest";
import { goldenConfig } from "../model/golden-cases.ts";
import { jaxprToOnnx } from "./jaxpr-to-onnx.ts";
import { trainStep } from "./train-step.ts";

const shape = { config: goldenConfig, rows: 2, length: 12, tasks: 2, targets: 12 };
const optimizer = { beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0.01, clip: 1 };

function countOps(nodes: { op: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { op } of nodes) {
    counts[op] = (counts[op] ?? 0) + 1;
  }
  return counts;
}

test("the graph of a training step writes no broadcast out and copies no output", () => {
  const { fn, inputs } = trainStep(shape, optimizer);
  const counts = countOps(jaxprToOnnx(fn, inputs).nodes);
  // Only the row numbers of the gathers' gradients are written out, as whole numbers.
  expect(counts["Expand"]).toBe(counts["ScatterElements"]);
  expect(counts["Identity"]).toBeUndefined();
  // Per layer 7 maps and 2 products of attention, and the output layer; each once forward, twice backward.
  expect(counts["MatMul"]).toBe(3 * (2 * 9 + 1));
});

test("gradients of gathered rows are added in order: ScatterND would lose some on several threads", () => {
  const { fn, inputs } = trainStep(shape, optimizer);
  const counts = countOps(jaxprToOnnx(fn, inputs).nodes);
  expect(counts["ScatterElements"]).toBeGreaterThan(0);
  expect(counts["ScatterND"]).toBeUndefined();
});

test("the same function gives the same bytes, so that a session is reproducible", () => {
  const bytes = () => {
    const { fn, inputs } = trainStep(shape, optimizer);
    return Buffer.from(jaxprToOnnx(fn, inputs).bytes).toString("base64");
  };
  expect(bytes()).toBe(bytes());
});

test("inputs and outputs are declared with their names, types and shapes", async () => {
  const program = jaxprToOnnx(
    (x, y) => [
      (x as np.Array).mul(2),
      np.sum((y as np.Array).ref.equal(1).astype(np.int32), 1),
      y as np.Array,
    ],
    [
      { shape: [2, 1, 3], type: "float32" },
      { shape: [4, 5], type: "int32" },
    ],
  );
  const session = await InferenceSession.create(program.bytes);
  const describe = (metadata: readonly InferenceSession.ValueMetadata[]) =>
    metadata.map((value) => (value.isTensor ? [value.name, value.type, [...value.shape]] : []));
  expect(describe(session.inputMetadata)).toEqual([
    ["in0", "float32", [2, 1, 3]],
    ["in1", "int32", [4, 5]],
  ]);
  expect(describe(session.outputMetadata)).toEqual([
    ["out0", "float32", [2, 1, 3]],
    ["out1", "int32", [4]],
    ["out2", "int32", [4, 5]],
  ]);
  await session.release();
});
