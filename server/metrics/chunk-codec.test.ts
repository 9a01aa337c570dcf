import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeChunk, encodeChunk } from "./chunk-codec.ts";
import type { Points } from "./points.ts";

const strange = [Number.NaN, Infinity, -Infinity, 0, -0, 5e-324, -Number.MAX_VALUE];
const row = fc.tuple(
  fc.maxSafeNat(),
  fc.oneof(fc.integer({ min: 0, max: 8.64e15 }), fc.double({ min: 0, max: 8.64e15, noNaN: true })),
  fc.oneof(fc.double(), fc.constantFrom(...strange)),
);

function columns(rows: [number, number, number][]): Points {
  return {
    steps: Float64Array.from(rows, ([step]) => step),
    times: Float64Array.from(rows, ([, time]) => time),
    values: Float64Array.from(rows, ([, , value]) => value),
  };
}

/** Like a trainer's loss: full mantissas, steps without holes, steps of 800 to 840 ms. */
function noisyLoss(count: number): Points {
  const jitter = (index: number) => ((index * 7919) % 40_009) / 40_009;
  return {
    steps: Float64Array.from({ length: count }, (_, index) => 1e6 + index),
    times: Float64Array.from(
      { length: count },
      (_, index) => 1.7e12 + index * 820 + Math.round(jitter(index) * 40),
    ),
    values: Float64Array.from({ length: count }, (_, index) => 2 + Math.sin(index * 12.9898) * 0.3),
  };
}

test("a chunk comes back bit for bit, whatever its numbers", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 300 }), (rows) => {
      expect(decodeChunk(encodeChunk(columns(rows)))).toEqual(columns(rows));
    }),
    { numRuns: 300 },
  );
});

test("every kind of NaN comes back as NaN", () => {
  const odd = new Float64Array(
    new BigUint64Array([0x7ff8000000000001n, 0xfff8deadbeef0000n, 0x7ff0000000000001n]).buffer,
  );
  const points = { steps: Float64Array.of(1, 2, 3), times: Float64Array.of(1, 2, 3), values: odd };
  const bits = new BigUint64Array(decodeChunk(encodeChunk(points)).values.buffer);
  expect([...bits]).toEqual([0x7ff8000000000000n, 0x7ff8000000000000n, 0x7ff8000000000000n]);
});

test("noisy values take at most nine bytes a point with their step and time, float32 ones less than six", () => {
  const points = noisyLoss(1024);
  expect(encodeChunk(points).length / 1024).toBeLessThan(9);
  const single = { ...points, values: points.values.map(Math.fround) };
  expect(encodeChunk(single).length / 1024).toBeLessThan(6);
});

test("any flipped bit and any missing end is noticed", () => {
  const chunk = encodeChunk(noisyLoss(50));
  for (let at = 0; at < chunk.length; at++) {
    const damaged = Buffer.from(chunk);
    damaged[at] = (damaged[at] as number) ^ (1 << (at % 8));
    expect(() => decodeChunk(damaged)).toThrow(RangeError);
    expect(() => decodeChunk(chunk.subarray(0, at))).toThrow(RangeError);
  }
});
