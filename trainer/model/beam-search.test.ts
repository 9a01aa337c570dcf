import { expect, test } from "vitest";
import type { Batch } from "./batch.ts";
import { beamSearch } from "./beam-search.ts";
import { recomputingDecoder } from "./decoder.ts";
import { generate } from "./generate.ts";
import { goldenConfig } from "./golden-cases.ts";

const V = goldenConfig.vocab_size;
const EOS = 7;
const ELSE = 1e-9;

/** A model whose next token depends on the last one alone, by a table of probabilities. */
function table(next: Record<number, Record<number, number>>) {
  return {
    length: 16,
    logits: async (batch: Batch): Promise<Float32Array> => {
      const out = new Float32Array(16 * V);
      for (let i = 0; i < 16; i++) {
        const row = next[batch.input[i] ?? 0] ?? {};
        for (let token = 0; token < V; token++) {
          out[i * V + token] = Math.log(row[token] ?? ELSE);
        }
      }
      return out;
    },
  };
}

/** The greedy way (10) leads where everything is unlikely; the other (11) to a likely end. */
const TRAP = table({
  6: { 10: 0.6, 11: 0.4 },
  10: { 12: 0.3, 13: 0.3, 14: 0.4 },
  11: { 15: 1 },
  12: { 7: 1 },
  13: { 7: 1 },
  14: { 7: 1 },
  15: { 7: 1 },
});
const TEXT = { config: goldenConfig, ids: [6], maxNewTokens: 6, eos: EOS };

test("beams find the likelier text that a greedy choice misses", async () => {
  const greedy = recomputingDecoder(TRAP, goldenConfig);
  const options = { ...TEXT, decoder: greedy, temperature: 0, topP: 1, seed: 1 };
  expect(await generate(options)).toEqual([10, 14]);
  const decoder = recomputingDecoder(TRAP, goldenConfig, 3);
  expect(await beamSearch({ ...TEXT, decoder })).toEqual([11, 15]);
});

test("one beam is the greedy choice", async () => {
  const decoder = recomputingDecoder(TRAP, goldenConfig, 1);
  expect(await beamSearch({ ...TEXT, decoder })).toEqual([10, 14]);
});

test("a forbidden first token and the room for new ones hold for beams too", async () => {
  const decoder = recomputingDecoder(TRAP, goldenConfig, 3);
  expect((await beamSearch({ ...TEXT, decoder, forbidFirst: [11] }))[0]).toBe(10);
  expect(await beamSearch({ ...TEXT, decoder, maxNewTokens: 1 })).toHaveLength(1);
});
