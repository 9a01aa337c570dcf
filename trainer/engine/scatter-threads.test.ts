import { grad, numpy as np } from "@jax-js/jax";
import { expect, test } from "vitest";
import { createRandom } from "../model/random.ts";
import { openOnnxDevice } from "./onnx-device.ts";

test("no gradient of a row that is read often is lost on two threads, in any of many runs", async () => {
  const [rows, width, reads] = [40, 4, 262_144];
  const random = createRandom(5);
  const at = Int32Array.from({ length: reads }, () => Math.floor(random.uniform() * rows));
  const factor = Float32Array.from({ length: reads * width }, () => random.normal());
  const expected = new Float32Array(rows * width);
  for (const [read, row] of at.entries()) {
    for (let column = 0; column < width; column++) {
      const cell = row * width + column;
      expected[cell] = (expected[cell] ?? 0) + (factor[read * width + column] ?? 0);
    }
  }
  const objective = (table: np.Array, index: np.Array, weights: np.Array): np.Array =>
    np.sum(np.take(table, index, 0).mul(weights));
  const device = openOnnxDevice(2);
  const compiled = await device.compile(
    (table, index, weights) => [
      grad(objective)(table as np.Array, index as np.Array, weights as np.Array),
    ],
    [
      { shape: [rows, width], type: "float32" },
      { shape: [reads], type: "int32" },
      { shape: [reads, width], type: "float32" },
    ],
  );
  const args = [
    device.put(new Float32Array(rows * width), [rows, width]),
    device.put(at, [reads]),
    device.put(factor, [reads, width]),
  ];
  for (let run = 0; run < 15; run++) {
    const [gradient] = await compiled.run(args);
    // Added in order, so equal to the last bit.
    expect(gradient === undefined ? null : device.get(gradient)).toEqual(expected);
  }
  await compiled.release();
});
