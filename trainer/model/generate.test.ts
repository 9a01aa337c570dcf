import { expect, test } from "vitest";
import type { Batch } from "./batch.ts";
import { recomputingDecoder } from "./decoder.ts";
import { type GenerateOptions, generate } from "./generate.ts";
import { goldenConfig } from "./golden-cases.ts";
import { createRandom } from "./random.ts";
import { sampleToken } from "./sample-token.ts";

type Session = { length: number; logits(batch: Batch): Promise<Float32Array> };

const V = goldenConfig.vocab_size;
const EOS = 7;

/** Stands for a model that gives each token its successor, and records what it was asked. */
function counting(length: number): Session & { batches: Batch[] } {
  const batches: Batch[] = [];
  return {
    length,
    batches,
    async logits(batch) {
      batches.push(batch);
      const out = new Float32Array(length * V);
      for (let i = 0; i < length; i++) {
        out[i * V + (((batch.input[i] ?? 0) + 1) % V)] = 5;
      }
      return out;
    },
  };
}

function options(change: Partial<GenerateOptions & { session: Session }> = {}): GenerateOptions {
  return {
    decoder: recomputingDecoder(change.session ?? counting(24), goldenConfig),
    config: goldenConfig,
    ids: [6, 10],
    maxNewTokens: 5,
    temperature: 0,
    topP: 1,
    seed: 1,
    eos: EOS,
    ...change,
  };
}

test("each token follows from the last position, until the wanted number", async () => {
  expect(await generate(options())).toEqual([11, 12, 13, 14, 15]);
});

test("the end mark ends the text and is left out", async () => {
  expect(await generate(options({ ids: [6, 4] }))).toEqual([5, 6]);
});

test("a forbidden token does not come first, yet may come later", async () => {
  const [first] = await generate(options({ forbidFirst: [11] }));
  expect(first).not.toBe(11);
  expect(await generate(options({ forbidFirst: [12] }))).toContain(12);
});

test("the text is given under prompt 2 and segment 2, new tokens are laid out as predicted", async () => {
  const session = counting(24);
  await generate(options({ session, maxNewTokens: 3 }));
  const last = session.batches.at(-1);
  expect([...(last?.input.slice(0, 9) ?? [])]).toEqual([8, 9, 10, 11, 6, 10, 11, 12, 0]);
  expect([...(last?.isPrompt.slice(0, 6) ?? [])]).toEqual([1, 1, 1, 1, 0, 0]);
  expect([...(last?.context.slice(0, 9) ?? [])]).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 1]);
  expect([...(last?.segment.slice(0, 9) ?? [])]).toEqual([0, 0, 0, 0, 2, 2, 2, 2, 0]);
  expect(last?.lengths[0]).toBe(8);
});

test("a full session ends the text, a longer prompt loses its beginning after the first token", async () => {
  expect(await generate(options({ session: counting(9), maxNewTokens: 50 }))).toHaveLength(3);
  const session = counting(9);
  await generate(options({ session, ids: [6, 20, 21, 22, 23, 24, 25], maxNewTokens: 2 }));
  expect([...(session.batches[0]?.input.slice(4, 7) ?? [])]).toEqual([6, 24, 25]);
});

test("a repetition penalty lowers tokens that were generated before", async () => {
  const session: Session = {
    length: 24,
    logits: async () => new Float32Array(24 * V).map((_, i) => ({ 3: 2, 9: 1.5 })[i % V] ?? -1),
  };
  expect(await generate(options({ session, maxNewTokens: 3 }))).toEqual([3, 3, 3]);
  const varied = await generate(options({ session, maxNewTokens: 2, repetitionPenalty: 2 }));
  expect(varied).toEqual([3, 9]);
});

test("the same seed gives the same text, other seeds others", async () => {
  const flat: Session = {
    length: 64,
    logits: async () => new Float32Array(64 * V),
  };
  const draw = (seed: number) =>
    generate(options({ session: flat, seed, temperature: 1, maxNewTokens: 20, eos: -1 }));
  expect(await draw(3)).toEqual(await draw(3));
  expect(await draw(3)).not.toEqual(await draw(4));
});

test("an empty prompt is refused", async () => {
  await expect(generate(options({ ids: [] }))).rejects.toThrow("at least one id");
});

test("tokens are drawn by their probability within the nucleus", () => {
  const random = createRandom(11);
  const logits = Float32Array.from([Math.log(0.5), Math.log(0.3), Math.log(0.2)]);
  const counts = [0, 0, 0];
  for (let i = 0; i < 4000; i++) {
    const token = sampleToken(logits, { temperature: 1, topP: 0.75, random });
    counts[token] = (counts[token] ?? 0) + 1;
  }
  expect(counts[2]).toBe(0);
  expect(Math.abs((counts[0] ?? 0) / 4000 - 5 / 8)).toBeLessThan(0.03);
});
