import { describe, expect, test } from "vitest";
import { beamSearch } from "../model/beam-search.ts";
import { recomputingDecoder } from "../model/decoder.ts";
import { generate, layOut, type TextOptions } from "../model/generate.ts";
import { goldenConfig, goldenParameters } from "../model/golden-cases.ts";
import { createDecodingSession } from "./decoding-session.ts";
import { createInferenceSession } from "./inference-session.ts";
import type { Executor } from "./training-session.ts";

const LENGTH = 24;
const TEXT = { config: goldenConfig, ids: [6, 12, 13, 20], maxNewTokens: 12, eos: -1 };

async function openBoth(executor: Executor, rows: number, config = goldenConfig) {
  const parameters = goldenParameters();
  const options = { config, parameters, length: LENGTH, executor, threads: 1 };
  const session = await createInferenceSession(options);
  return {
    cached: await createDecodingSession({ ...options, rows }),
    uncached: recomputingDecoder(session, config, rows),
    release: () => session.release(),
  };
}

describe.each<Executor>(["onnx", "wasm"])("on the %s executor", (executor) => {
  test("each token's logits with the cache are those without it", async () => {
    const { cached, uncached, release } = await openBoth(executor, 2);
    const { batch } = layOut({ ...TEXT, decoder: cached });
    const compare = (a: Float32Array, b: Float32Array): void => {
      expect(a.length).toBe(b.length);
      const worst = a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? 0))), 0);
      expect(worst).toBeLessThan(1e-4);
    };
    compare(await cached.begin(batch), await uncached.begin(batch));
    for (const [tokens, from] of [
      [
        [9, 10],
        [0, 1],
      ],
      [
        [11, 12],
        [1, 0],
      ],
      [
        [13, 14],
        [1, 1],
      ],
      [
        [15, 9],
        [0, 1],
      ],
    ] as const) {
      compare(
        await cached.extend([...tokens], [...from]),
        await uncached.extend([...tokens], [...from]),
      );
    }
    await cached.release();
    await release();
  });

  test("texts are the same with and without the cache: likeliest, drawn, and by beams", async () => {
    const { cached, uncached, release } = await openBoth(executor, 3);
    const write = async (decoder: TextOptions["decoder"]): Promise<number[][]> => [
      await generate({ ...TEXT, decoder, temperature: 0, topP: 1, seed: 1 }),
      await generate({
        ...TEXT,
        decoder,
        temperature: 0.9,
        topP: 0.9,
        seed: 7,
        repetitionPenalty: 1.2,
      }),
      await beamSearch({ ...TEXT, decoder }),
    ];
    expect(await write(cached)).toEqual(await write(uncached));
    await cached.release();
    await release();
  });
});

test("a token is refused before a text was begun, and where the row is full", async () => {
  const { cached, release } = await openBoth("onnx", 1);
  await expect(cached.extend([9], [0])).rejects.toThrow("begin a text first");
  const { batch } = layOut({ ...TEXT, decoder: cached });
  await cached.begin(batch);
  for (let position = batch.lengths[0] ?? 0; position < LENGTH; position++) {
    await cached.extend([9], [0]);
  }
  await expect(cached.extend([9], [0])).rejects.toThrow("no room");
  await cached.release();
  await release();
});
