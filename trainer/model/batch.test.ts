import { expect, test } from "vitest";
import { type Batch, checkBatch } from "./batch.ts";
import { goldenBatch, goldenConfig } from "./golden-cases.ts";

function changed(change: (batch: Batch) => void): () => void {
  const batch = goldenBatch("C");
  change(batch);
  return () => checkBatch(batch, goldenConfig);
}

test("a batch of the model passes", () => {
  expect(changed(() => {})).not.toThrow();
});

test.each<[string, (batch: Batch) => void, string]>([
  ["a token beyond the vocabulary", (b) => b.input.set([32], 5), "input 32 at row 0, position 5"],
  ["a prompt id beyond the prompts", (b) => b.input.set([16], 2), "input 16 at row 0, position 2"],
  ["a negative token", (b) => b.input.set([-1], 6), "input -1"],
  ["an unknown segment type", (b) => b.segment.set([4], 7), "segment 4"],
  ["a target beyond the vocabulary", (b) => b.target.set([40], 8), "target 40"],
  ["a length beyond the row", (b) => b.lengths.set([24]), "lengths"],
])("%s is refused by name", (_, change, message) => {
  expect(changed(change)).toThrow(message);
});

test("arrays of another size are refused", () => {
  const batch = { ...goldenBatch("C"), span: new Int32Array(3) };
  expect(() => checkBatch(batch, goldenConfig)).toThrow("span holds 3 values");
});
