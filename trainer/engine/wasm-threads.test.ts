import { expect, test } from "vitest";
import golden from "../model/cpm-ant-golden.json" with { type: "json" };
import { goldenBatch, goldenConfig, goldenParameters } from "../model/golden-cases.ts";
import { createTrainingSession, freshTrainState } from "./training-session.ts";

// The first session of a process decides about threads, so this test has a file, hence a process, of its own.
test("the wasm executor gives the published step on two threads", async () => {
  const batch = goldenBatch("C");
  const session = await createTrainingSession({
    config: goldenConfig,
    rows: 1,
    length: batch.length,
    tasks: 2,
    state: freshTrainState(goldenParameters()),
    optimizer: { beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0.01, clip: 1 },
    executor: "wasm",
    threads: 2,
  });
  const step = await session.step(batch, { learningRate: 0.01, step: 1 });
  const after = await session.evaluate(batch);
  await session.release();
  expect(navigator.hardwareConcurrency).toBe(2);
  expect(Worker.name).toBe("BlobWorker");
  expect(Math.abs(step.loss - golden.C.loss)).toBeLessThan(1e-5);
  expect(Math.abs(step.gradNorm - golden.C.grad_norm)).toBeLessThan(1e-5);
  expect(Math.abs(after.loss - 3.817927)).toBeLessThan(1e-5);
});
