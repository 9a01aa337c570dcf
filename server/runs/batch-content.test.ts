import { expect, test } from "vitest";
import { contentOf } from "./batch-content.ts";
import { checkBatch } from "./check-batch.ts";

const hash = (json: unknown) => contentOf(checkBatch(json)).hash.toString("hex");
const batch = {
  attempt: 1,
  batch: 1,
  steps: [1, 2],
  times: [10, 20],
  series: { a: [1, "NaN"], b: [null, 2] },
  lines: ["x"],
};

test("the order of the keys makes no difference", () => {
  expect(hash({ ...batch, series: { b: [null, 2], a: [1, "NaN"] } })).toBe(hash(batch));
});

test.each([
  ["a value", { series: { a: [1, 3], b: [null, 2] } }],
  ["a missing value", { series: { a: [1, null], b: [null, 2] } }],
  ["a step", { steps: [1, 3] }],
  ["a time", { times: [10, 21] }],
  ["left-out times", { times: [] }],
  ["a line", { lines: ["y"] }],
  ["an event", { events: [{ kind: "note", step: 1, message: "Said." }] }],
])("%s makes a difference", (_what, change) => {
  expect(hash({ ...batch, ...change })).not.toBe(hash(batch));
});
