import fc from "fast-check";
import { expect, test } from "vitest";
import { BEGIN, END } from "../tokenizer/vocabulary.ts";
import { makeSample, targetsOf } from "./make-sample.ts";
import { Random } from "./random.ts";

const pieces = fc.array(fc.integer({ min: 10, max: 4000 }), { minLength: 1, maxLength: 120 });

test("a sample is wrapped, hides 1 to length − 1 tokens and never the first", () => {
  fc.assert(
    fc.property(pieces, fc.integer(), (piece, seed) => {
      const { tokens, hidden } = makeSample(piece, Random.fromSeed(seed));
      expect(tokens).toEqual([BEGIN, ...piece, END]);
      expect(hidden.length).toBeGreaterThanOrEqual(1);
      expect(hidden.length).toBeLessThanOrEqual(tokens.length - 1);
      expect(new Set(hidden).size).toBe(hidden.length);
      expect(hidden.every((at) => at >= 1 && at < tokens.length)).toBe(true);
    }),
  );
});

test("a target is the next token exactly where the next token is hidden", () => {
  fc.assert(
    fc.property(pieces, fc.integer(), (piece, seed) => {
      const sample = makeSample(piece, Random.fromSeed(seed));
      const target = targetsOf(sample);
      sample.tokens.forEach((_, i) => {
        const expected = sample.hidden.includes(i + 1) ? sample.tokens[i + 1] : -100;
        expect(target[i]).toBe(expected);
      });
    }),
  );
});

test("infill is slot 1 and segment 1, continuation slot 2 and segment 2 with a hidden tail", () => {
  fc.assert(
    fc.property(pieces, fc.integer(), (piece, seed) => {
      const { task, slot, segment, tokens, hidden } = makeSample(piece, Random.fromSeed(seed));
      expect([task, slot, segment]).toEqual(task === 0 ? [0, 1, 1] : [1, 2, 2]);
      if (task === 1) {
        expect(hidden).toEqual(hidden.map((_, i) => tokens.length - hidden.length + i));
      }
    }),
  );
});

test("both tasks and every count of hidden tokens occur about equally often", () => {
  const random = Random.fromSeed(5);
  const tasks = [0, 0];
  const counts = new Map<number, number>();
  for (let i = 0; i < 4_000; i += 1) {
    const { task, hidden } = makeSample([10, 11, 12], random);
    tasks[task] = (tasks[task] ?? 0) + 1;
    counts.set(hidden.length, (counts.get(hidden.length) ?? 0) + 1);
  }
  expect(Math.abs((tasks[0] ?? 0) - 2_000)).toBeLessThan(200);
  expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4]);
  expect([...counts.values()].every((count) => Math.abs(count - 1_000) < 150)).toBe(true);
});
