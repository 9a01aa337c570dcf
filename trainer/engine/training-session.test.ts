import { describe, expect, test } from "vitest";
import type { Batch } from "../model/batch.ts";
import type { ModelConfig } from "../model/config.ts";
import { goldenBatch, goldenConfig, goldenParameters } from "../model/golden-cases.ts";
import { initParameters, type NamedTensors } from "../model/parameters.ts";
import {
  createTrainingSession,
  type Executor,
  freshTrainState,
  type TrainingSession,
  type TrainState,
} from "./training-session.ts";

const optimizer = { beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0.01, clip: 1 };
const batch = goldenBatch("C");

function open(
  change: { executor?: Executor; state?: TrainState; config?: ModelConfig } = {},
): Promise<TrainingSession> {
  const { executor = "onnx", config = goldenConfig } = change;
  const state = change.state ?? freshTrainState(initParameters(config, 1234));
  return createTrainingSession({
    config,
    rows: 1,
    length: batch.length,
    tasks: 2,
    state,
    optimizer,
    executor,
    threads: 2,
  });
}

async function train(session: TrainingSession, from: number, to: number): Promise<number[]> {
  const losses: number[] = [];
  for (let step = from; step <= to; step++) {
    losses.push((await session.step(batch, { learningRate: 0.02, step })).loss);
  }
  return losses;
}

function bits(state: TrainState): string[] {
  return [state.parameters, state.firstMoments, state.secondMoments].flatMap((tensors) =>
    [...tensors].map(([name, { data }]) => `${name} ${Buffer.from(data.buffer).toString("hex")}`),
  );
}

/** Two rows, and the same two as batches of one. */
function rowsTogetherAndApart(): { together: Batch; apart: Batch[] } {
  const other = goldenBatch("C");
  other.input.set([9, 10], 4);
  const join = <A extends Int32Array | Uint8Array>(a: A, b: A): A => {
    const joined = new (a.constructor as new (size: number) => A)(a.length + b.length);
    joined.set(a);
    joined.set(b, a.length);
    return joined;
  };
  const together: Batch = {
    rows: 2,
    length: batch.length,
    input: join(batch.input, other.input),
    isPrompt: join(batch.isPrompt, other.isPrompt),
    context: join(batch.context, other.context),
    segment: join(batch.segment, other.segment),
    span: join(batch.span, other.span),
    lengths: join(batch.lengths, other.lengths),
    target: join(batch.target, other.target),
    task: join(batch.task, other.task),
  };
  // One target less, so that the two parts have unequal shares.
  const unpredicted = together.target.findLastIndex((target) => target >= 0);
  together.target[unpredicted] = -100;
  other.target[unpredicted - batch.target.length] = -100;
  return { together, apart: [batch, other] };
}

describe.each<Executor>(["onnx", "wasm"])("on the %s executor", (executor) => {
  test("a step over parts is the step over all their rows together", async () => {
    const { together, apart } = rowsTogetherAndApart();
    const state = freshTrainState(goldenParameters());
    const options = { config: goldenConfig, length: batch.length, tasks: 2, state, optimizer };
    const whole = await createTrainingSession({ ...options, rows: 2, executor, threads: 2 });
    const parts = await createTrainingSession({ ...options, rows: 1, executor, threads: 2 });
    for (let step = 1; step <= 3; step++) {
      const expected = await whole.step(together, { learningRate: 0.01, step });
      const found = await parts.stepOver(apart, { learningRate: 0.01, step });
      expect(found.loss).toBeCloseTo(expected.loss, 4);
      expect(found.gradNorm).toBeCloseTo(expected.gradNorm, 4);
      expect(found.taskLoss[0]).toBeCloseTo(expected.taskLoss[0] ?? 0, 4);
    }
    await whole.release();
    await parts.release();
  });

  test("an inspection tells each weight's statistics and its gradient's before clipping", async () => {
    const session = await open({ executor, state: freshTrainState(goldenParameters()) });
    expect(await session.inspect()).toEqual([]);
    await session.step(batch, { learningRate: 0.01, step: 1 });
    const second = await session.step(batch, { learningRate: 0.01, step: 2 });
    const inspected = await session.inspect();
    const { parameters } = await session.snapshot();
    // The norm over all gradients again, from each tensor's mean and unbiased deviation.
    const squares = inspected.map(({ shape, gradMean, gradStd }) => {
      const n = shape.reduce((size, dim) => size * dim, 1);
      return (n - 1) * gradStd ** 2 + n * gradMean ** 2;
    });
    expect(Math.sqrt(squares.reduce((sum, square) => sum + square, 0))).toBeCloseTo(
      second.gradNorm,
      3,
    );
    expect(inspected.map(({ name }) => name)).toEqual([...parameters.keys()]);
    for (const { name, max, min } of inspected) {
      const data = parameters.get(name)?.data ?? new Float32Array();
      expect([max, min]).toEqual([Math.max(...data), Math.min(...data)]);
    }
    await session.release();
  });

  test("the loss before training is the logarithm of the vocabulary", async () => {
    const config = { ...goldenConfig, vocab_size: 512, dim_model: 64, num_heads: 8, dim_ff: 160 };
    const session = await open({ executor, config });
    const { loss } = await session.evaluate(batch);
    await session.release();
    expect(Math.abs(loss - Math.log(512))).toBeLessThan(0.05);
  });

  test("one batch can be learned by heart", async () => {
    const session = await open({ executor });
    const losses = await train(session, 1, 100);
    const { taskCorrect, taskTargets } = await session.evaluate(batch);
    await session.release();
    expect(losses.at(-1)).toBeLessThan(0.05);
    expect(taskCorrect).toEqual(taskTargets);
  });

  test("the same seed gives the same losses to the last bit", async () => {
    const runs: number[][] = [];
    for (let run = 0; run < 2; run++) {
      const session = await open({ executor });
      runs.push(await train(session, 1, 6));
      await session.release();
    }
    expect(runs[1]).toEqual(runs[0]);
  });

  test("a state that was saved and loaded continues as if nothing had happened", async () => {
    const whole = await open({ executor });
    const uninterrupted = await train(whole, 1, 8);
    const resumed = await open({ executor });
    await train(resumed, 1, 4);
    const saved = await resumed.snapshot();
    await train(resumed, 5, 6);
    await resumed.load(saved);
    expect(await train(resumed, 5, 8)).toEqual(uninterrupted.slice(4));
    expect(bits(await resumed.snapshot())).toEqual(bits(await whole.snapshot()));
    await whole.release();
    await resumed.release();
  });

  test("a snapshot does not change when training goes on", async () => {
    const session = await open({ executor });
    await train(session, 1, 1);
    const saved = await session.snapshot();
    const before = bits(saved);
    await train(session, 2, 4);
    await session.release();
    expect(bits(saved)).toEqual(before);
  });

  test("a step that is not finite is reported and leaves the state as it was", async () => {
    const session = await open({ executor });
    const losses = await train(session, 1, 2);
    const before = await session.snapshot();
    const nothing: Batch = { ...batch, target: new Int32Array(batch.target.length).fill(-100) };
    const result = await session.step(nothing, { learningRate: 0.02, step: 3 });
    expect(result).toMatchObject({ finite: false, loss: Number.NaN });
    expect(bits(await session.snapshot())).toEqual(bits(before));
    const reference = await open({ executor });
    expect([...losses, ...(await train(session, 3, 4))]).toEqual(await train(reference, 1, 4));
    await session.release();
    await reference.release();
  });

  test("an overflow within the model is reported and not applied", async () => {
    const state = freshTrainState(goldenParameters());
    state.parameters.get("input_embedding.weight")?.data.fill(3e38);
    const session = await open({ executor, state });
    const before = bits(await session.snapshot());
    const result = await session.step(batch, { learningRate: 0.01, step: 1 });
    expect(result.finite).toBe(false);
    expect(bits(await session.snapshot())).toEqual(before);
    await session.release();
  });

  test("a task without target has no loss, the others have their own", async () => {
    const session = await open({ executor });
    const single: Batch = { ...batch, task: batch.task.map((task) => (task < 0 ? -1 : 1)) };
    const result = await session.step(single, { learningRate: 0.01, step: 1 });
    await session.release();
    expect(result.taskLoss[0]).toBeNaN();
    expect(result.taskLoss[1]).toBeCloseTo(result.loss, 5);
  });

  test("a batch with targets at most of its positions is trained on too", async () => {
    const session = await open({ executor });
    const crowded: Batch = {
      ...batch,
      target: batch.input.map((id, i) => (i < 20 ? (id + 1) % 32 : -100)),
      task: batch.task.map((_, i) => (i < 20 ? 1 : -1)),
    };
    const before = await session.evaluate(crowded);
    for (let step = 1; step <= 10; step++) {
      await session.step(crowded, { learningRate: 0.02, step });
    }
    const after = await session.evaluate(crowded);
    await session.release();
    expect(before).toMatchObject({ targets: 20, taskTargets: [0, 20] });
    expect(after.loss).toBeLessThan(before.loss - 0.5);
  });

  test("layers that the configuration skips are left out", async () => {
    const config: ModelConfig = {
      ...goldenConfig,
      mask_modules: [
        [true, false],
        [false, true],
      ],
    };
    const session = await open({ executor, config });
    const losses = await train(session, 1, 30);
    const names = [...(await session.snapshot()).parameters.keys()];
    await session.release();
    expect(names.some((name) => name.startsWith("encoder.layers.0.self_att"))).toBe(false);
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 2);
  });
});

test("the slope of the loss along single weights is the gradient that the step applies", async () => {
  // With first moments from one step, m = (1 − β₁)·g, so a snapshot after it tells the gradient.
  const start = freshTrainState(goldenParameters());
  const session = await open({ state: start });
  const loss = async (): Promise<number> => (await session.evaluate(batch)).loss;
  await session.step(batch, { learningRate: 0, step: 1 });
  const gradients = (await session.snapshot()).firstMoments;
  for (const [name, tensor] of start.parameters) {
    const gradient = (gradients.get(name)?.data ?? new Float32Array()).map((m) => m / 0.1);
    const index = gradient.reduce(
      (best, g, i) => (Math.abs(g) > Math.abs(gradient[best] ?? 0) ? i : best),
      0,
    );
    const at = async (change: number): Promise<number> => {
      const data = tensor.data.slice();
      data[index] = (data[index] ?? 0) + change;
      const parameters: NamedTensors = new Map(start.parameters).set(name, { ...tensor, data });
      await session.load({ ...start, parameters });
      return loss();
    };
    const slope = ((await at(0.02)) - (await at(-0.02))) / 0.04;
    const expected = gradient[index] ?? 0;
    expect(Math.abs(slope - expected)).toBeLessThan(2e-4 + 0.02 * Math.abs(expected));
  }
  await session.release();
});

test("both executors follow the same course", async () => {
  const [onnx, wasm] = [await open(), await open({ executor: "wasm" })];
  const [a, b] = [await train(onnx, 1, 15), await train(wasm, 1, 15)];
  await onnx.release();
  await wasm.release();
  for (const [index, value] of a.entries()) {
    expect(Math.abs(value - (b[index] ?? Number.NaN))).toBeLessThan(1e-3);
  }
});

test("a batch of another size, or a state of another model, is refused with what to do", async () => {
  const session = await open();
  await expect(session.step({ ...batch, rows: 2 }, { learningRate: 1, step: 1 })).rejects.toThrow(
    "compiled for 1 × 23",
  );
  const other = freshTrainState(initParameters({ ...goldenConfig, dim_ff: 40 }, 1));
  await expect(session.load(other)).rejects.toThrow("load a checkpoint of this configuration");
  await session.release();
});
