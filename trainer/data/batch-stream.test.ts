import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BatchStream, createBatchStream } from "./batch-stream.ts";
import { cutPieces } from "./cut-pieces.ts";
import type { Dataset } from "./dataset.ts";
import { makeSample } from "./make-sample.ts";
import { type OpenRow, placeSample, rowsToBatch } from "./pack-rows.ts";
import { Random } from "./random.ts";
import { inMemory, type RecordStore } from "./record-store.ts";

const SHAPE = { rows: 3, length: 64, promptLength: 4 };

function storeOf(lengths: number[], first: number): RecordStore {
  const starts = Uint32Array.from([0, ...lengths]);
  for (let i = 1; i < starts.length; i += 1) {
    starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  }
  const tokens = Uint16Array.from({ length: starts.at(-1) ?? 0 }, (_, i) => first + (i % 50));
  return inMemory({ tokens, starts });
}

function plain(name: string, store: RecordStore, weight = 1): Dataset {
  return { key: `0-${name}`, name, task: "plain", weight, store };
}
const CHINESE = plain("chinese", storeOf([40, 33, 58, 90, 200, 35, 47], 100));
const ENGLISH = plain("english", storeOf([300, 60, 45], 200));
const stream = (state?: Parameters<typeof createBatchStream>[0]["state"]) =>
  createBatchStream({
    datasets: [CHINESE, ENGLISH],
    shape: SHAPE,
    seed: 3,
    ...(state === undefined ? {} : { state }),
  });

describe("cutting", () => {
  test("pieces cover a document without overlap; only a last piece under 32 tokens is missing", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 8 }),
        (lengths) => {
          const pieces = cutPieces(storeOf(lengths, 10), 58);
          const expected = lengths.reduce(
            (sum, n) => sum + Math.floor(n / 58) + (n % 58 >= 32 ? 1 : 0),
            0,
          );
          const all = [...pieces.record].map((record, i) => ({
            record,
            from: pieces.from[i] ?? 0,
            to: pieces.to[i] ?? 0,
          }));
          expect(all).toHaveLength(expected);
          expect(all.every(({ from, to }) => to > from && to - from <= 58)).toBe(true);
          const follows = all.map(({ record, from }, i) => {
            const before = all[i - 1];
            return before?.record === record ? from >= before.to : from === 0;
          });
          expect(follows).not.toContain(false);
        },
      ),
    );
  });
});

describe("packing", () => {
  test("goes to the first row where used + length stays below the row's length, and emits when rows run over", () => {
    const open: OpenRow[] = [];
    const sample = (length: number) =>
      makeSample(
        Array.from({ length: length - 6 }, () => 20),
        Random.fromSeed(1),
      );
    const sizes = [40, 30, 23, 33, 50, 64];
    const emitted = sizes.map((size) => placeSample(open, sample(size), SHAPE));
    expect(emitted.slice(0, 5)).toEqual([null, null, null, null, null]);
    expect(emitted[5]?.map((row) => row.used)).toEqual([63, 63, 50]);
    expect(open.map((row) => row.used)).toEqual([64]);
  });

  test("every sample begins with its own prompt, spans number the samples, padding has no target", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = Random.fromSeed(seed);
        const open: OpenRow[] = [];
        let rows: OpenRow[] | null = null;
        while (rows === null) {
          rows = placeSample(
            open,
            makeSample(
              Array.from({ length: 2 + random.below(50) }, () => 9 + random.below(90)),
              random,
            ),
            SHAPE,
          );
        }
        const batch = rowsToBatch(rows, SHAPE);
        rows.forEach((row, r) => {
          let at = r * SHAPE.length;
          row.samples.forEach((sample, span) => {
            const prompt = Array.from({ length: 4 }, (_, k) => sample.slot * 4 + k);
            expect([...batch.input.subarray(at, at + 4)]).toEqual(prompt);
            expect([...batch.isPrompt.subarray(at, at + 5)]).toEqual([1, 1, 1, 1, 0]);
            expect([...batch.segment.subarray(at, at + 5)]).toEqual([0, 0, 0, 0, sample.segment]);
            const end = at + 4 + sample.tokens.length;
            expect([...batch.input.subarray(at + 4, end)]).toEqual(sample.tokens);
            expect(new Set(batch.span.subarray(at, end))).toEqual(new Set([span]));
            const hidden = sample.tokens.flatMap((_, i) =>
              batch.context[at + 4 + i] === 0 ? [i] : [],
            );
            expect(hidden).toEqual(sample.hidden);
            at = end;
          });
          expect(batch.lengths[r]).toBe(at - r * SHAPE.length);
          expect(
            [...batch.target.subarray(at, (r + 1) * SHAPE.length)].every(
              (target) => target === -100,
            ),
          ).toBe(true);
        });
      }),
    );
  });
});

describe("the stream", () => {
  test("goes on from a saved state with the very batches that it would have given", () => {
    const whole = stream();
    const mix = { chinese: 0.6, english: 0.4 };
    for (let i = 0; i < 7; i += 1) {
      whole.next(mix);
    }
    const saved: unknown = JSON.parse(JSON.stringify(whole.state()));
    const resumed = stream(saved as Parameters<typeof stream>[0]);
    for (let i = 0; i < 25; i += 1) {
      expect(resumed.next(mix)).toEqual(whole.next(mix));
    }
  });

  test("a weight of 0 leaves a source out", () => {
    const batch = stream().next({ chinese: 1, english: 0 });
    const tokens = [...batch.input].filter((id, i) => batch.isPrompt[i] === 0 && id >= 10);
    expect(tokens.every((id) => id >= 100 && id < 150)).toBe(true);
  });

  test("each sample of a batch is named: dataset, record, and the piece's first token", () => {
    const batch = stream().next({ chinese: 1, english: 1 });
    const prompts = batch.isPrompt.reduce((sum, is) => sum + is, 0) / SHAPE.promptLength;
    expect(batch.samples).toHaveLength(prompts);
    for (const name of batch.samples ?? []) {
      expect(name).toMatch(/^0-(chinese#[0-6]|english#[0-2])\+\d+$/);
    }
  });

  test("a dataset that comes in between changes no other's order; one that goes keeps its place", () => {
    const drawn = (from: BatchStream, name: string, count: number): (string | undefined)[] => {
      const names: string[] = [];
      while (names.length < count) {
        names.push(...(from.next({ [name]: 1 }).samples ?? []));
      }
      return names.slice(0, count);
    };
    const one = (): BatchStream =>
      createBatchStream({ datasets: [CHINESE], shape: { ...SHAPE, rows: 1 }, seed: 3 });
    const alone = drawn(one(), "chinese", 6);
    const changed = one();
    const first = drawn(changed, "chinese", 1);
    changed.replace([ENGLISH]);
    expect(changed.state().sources["0-chinese"]?.weight).toBeNull();
    changed.replace([ENGLISH, CHINESE]);
    expect([...first, ...drawn(changed, "chinese", 5)]).toEqual(alone);
  });

  test("a dataset that grew begins its next round, also when it grew while the training was away", () => {
    const grown = { ...CHINESE, store: storeOf([40, 33, 58, 90, 200, 35, 47, 60], 100) };
    const running = stream();
    running.next({ chinese: 1 });
    const saved = running.state();
    running.replace([grown, ENGLISH]);
    const resumed = createBatchStream({
      datasets: [grown, ENGLISH],
      shape: SHAPE,
      seed: 3,
      state: saved,
    });
    expect(running.state().sources["0-chinese"]).toMatchObject({ epoch: 1, index: 0 });
    expect(resumed.next({ chinese: 1 })).toEqual(running.next({ chinese: 1 }));
  });

  test("a mix that names no source is refused, and so is data without a sample", () => {
    expect(() => stream().next({ french: 1 })).toThrow(/names none of the sources/);
    const empty = plain("empty", storeOf([3, 4], 100));
    expect(() => createBatchStream({ datasets: [empty], shape: SHAPE, seed: 3 })).toThrow(
      /32 tokens/,
    );
  });
});
