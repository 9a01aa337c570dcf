import { expect, test } from "vitest";
import { parseHeader } from "./read-tensors.ts";

test("a header names each tensor with its format and shape, without the file's own remarks", () => {
  const text = JSON.stringify({
    __metadata__: { format: "pt" },
    "a.weight": { dtype: "I8", shape: [4, 2], data_offsets: [0, 8] },
    "a.weight_scale": { dtype: "F16", shape: [4], data_offsets: [8, 16] },
  });
  expect(parseHeader(`${text}     `)).toEqual([
    { name: "a.weight", dtype: "I8", shape: [4, 2] },
    { name: "a.weight_scale", dtype: "F16", shape: [4] },
  ]);
});
