import { describe, expect, test } from "vitest";
import { forwardValues, targetValues } from "../model/batch-arrays.ts";
import golden from "../model/cpm-ant-golden.json" with { type: "json" };
import { recomputingDecoder } from "../model/decoder.ts";
import { generate } from "../model/generate.ts";
import { goldenBatch, goldenConfig, goldenParameters } from "../model/golden-cases.ts";
import { parameterShapes } from "../model/parameters.ts";
import { createInferenceSession } from "./inference-session.ts";
import { runOnBoth } from "./run-on-both.ts";
import { gradientStep } from "./train-step.ts";
import { createTrainingSession, type Executor, freshTrainState } from "./training-session.ts";

const optimizer = { beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0.01, clip: 1 };
const vocabulary = goldenConfig.vocab_size;

async function logitsOf(executor: Executor, name: "A" | "B" | "C"): Promise<Float32Array> {
  const batch = goldenBatch(name);
  const session = await createInferenceSession({
    config: goldenConfig,
    parameters: goldenParameters(),
    length: batch.length,
    executor,
    threads: 1,
  });
  const logits = await session.logits(batch);
  await session.release();
  return logits;
}

async function openTraining(executor: Executor) {
  return createTrainingSession({
    config: goldenConfig,
    rows: 1,
    length: goldenBatch("C").length,
    tasks: 2,
    state: freshTrainState(goldenParameters()),
    optimizer,
    executor,
    threads: 1,
  });
}

function expectClose(actual: ArrayLike<number>, expected: number[], tolerance = 1e-4): void {
  const worst = Math.max(
    ...expected.map((value, i) => Math.abs(value - (actual[i] ?? Number.NaN))),
  );
  expect(worst).toBeLessThan(tolerance);
}

describe.each<Executor>(["onnx", "wasm"])("on the %s executor", (executor) => {
  test("case A has the published logits", async () => {
    const logits = await logitsOf(executor, "A");
    expectClose(logits.slice(-vocabulary), golden.A.logits_last);
    expect(Math.abs(logits.reduce((a, b) => a + b) - golden.A.logits_sum)).toBeLessThan(1e-3);
  });

  test.each(["B", "C"] as const)("case %s has the published logits and loss", async (name) => {
    const logits = await logitsOf(executor, name);
    expectClose(logits.slice(9 * vocabulary, 10 * vocabulary), golden[name].logits_row9);
    expectClose(logits.slice(16 * vocabulary, 17 * vocabulary), golden[name].logits_row16);
    const session = await openTraining(executor);
    const result = await session.evaluate(goldenBatch(name));
    await session.release();
    expect(Math.abs(result.loss - golden[name].loss)).toBeLessThan(1e-5);
    expect(result.targets).toBe(5);
    expect(result.taskTargets).toEqual([3, 2]);
    const [first = 0, second = 0] = result.taskLoss;
    expect((3 * first + 2 * second) / 5).toBeCloseTo(result.loss, 5);
  });

  test("one training step on case C has the published loss, gradient norm and effect", async () => {
    const session = await openTraining(executor);
    const step = await session.step(goldenBatch("C"), { learningRate: 0.01, step: 1 });
    const after = await session.evaluate(goldenBatch("C"));
    await session.release();
    expect(Math.abs(step.loss - golden.C.loss)).toBeLessThan(1e-5);
    expect(Math.abs(step.gradNorm - golden.C.grad_norm)).toBeLessThan(1e-5);
    expect(Math.abs(after.loss - 3.817927)).toBeLessThan(1e-5);
  });
});

test("each tensor's gradient on case C has the published norm on both executors", async () => {
  const batch = goldenBatch("C");
  const shape = { config: goldenConfig, rows: 1, length: batch.length, tasks: 2, targets: 7 };
  const args = [
    ...[...goldenParameters().values()].map(({ data, shape }) => ({ values: data, shape })),
    ...forwardValues(batch),
    ...targetValues(batch, 7),
  ];
  const { onnx, wasm } = await runOnBoth(gradientStep(shape).fn, args);
  const names = [...parameterShapes(goldenConfig).keys()];
  const norms: Record<string, number> = golden.C.grad_norms;
  for (const gradients of [onnx.slice(3), wasm.slice(3)]) {
    const relative = gradients.map((gradient, i) => {
      const expected = norms[names[i] ?? ""] ?? Number.NaN;
      return Math.hypot(...gradient) / expected;
    });
    expectClose(
      relative,
      names.map(() => 1),
    );
  }
});

test("greedy text from the golden weights is the same on both executors and ends in the session", async () => {
  const texts: number[][] = [];
  for (const executor of ["onnx", "wasm"] as const) {
    const session = await createInferenceSession({
      config: goldenConfig,
      parameters: goldenParameters(),
      length: 16,
      executor,
      threads: 1,
    });
    const options = { config: goldenConfig, maxNewTokens: 50, temperature: 0, topP: 1, seed: 1 };
    texts.push(
      await generate({
        decoder: recomputingDecoder(session, goldenConfig),
        ids: [6, 12, 13],
        eos: -1,
        ...options,
      }),
    );
    await session.release();
  }
  expect(texts[0]).toHaveLength(16 - 4 - 3);
  expect(texts[1]).toEqual(texts[0]);
});
