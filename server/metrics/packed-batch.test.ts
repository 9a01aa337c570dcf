import fc from "fast-check";
import { expect, test } from "vitest";
import type { WireNumber } from "./contract.ts";
import { countPoints, packBatch, unpackBatch, unpackForWire } from "./packed-batch.ts";

const wireNumber: fc.Arbitrary<WireNumber | null> = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom<WireNumber | null>("NaN", "Infinity", "-Infinity", null, null, 0, -0),
);
const batch = fc.nat(40).chain((rows) =>
  fc.record({
    steps: fc.array(fc.maxSafeNat(), { minLength: rows, maxLength: rows }),
    times: fc.array(fc.integer({ min: 0, max: 8.64e15 }), { minLength: rows, maxLength: rows }),
    series: fc
      .array(
        fc.tuple(
          fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom("__proto__", "loss", "损失/训练")),
          fc.array(wireNumber, { minLength: rows, maxLength: rows }),
        ),
        { maxLength: 8 },
      )
      .map((entries) => Object.fromEntries(entries)),
  }),
);

test("a batch comes back as it was sent, less the keys without a value", () => {
  fc.assert(
    fc.property(batch, (sent) => {
      const { keys, points } = countPoints(sent);
      const back = unpackForWire(packBatch(sent));
      expect(back.steps).toEqual(sent.steps);
      expect(back.times).toEqual(sent.times);
      expect(Object.keys(back.series).sort()).toEqual([...keys].sort());
      for (const key of keys) {
        expect(back.series[key]).toEqual(sent.series[key]);
      }
      const values = Object.values(back.series).flat();
      expect(values.filter((value) => value !== null).length).toBe(points);
    }),
    { numRuns: 300 },
  );
});

test("a reader may ask for some keys only", () => {
  const payload = packBatch({
    steps: [1, 2],
    times: [10, 20],
    series: { loss: [null, 0.5], lr: [1, 2], empty: [null, null] },
  });
  const { columns } = unpackBatch(payload, new Set(["loss", "empty", "unknown"]));
  expect([...columns.keys()]).toEqual(["loss"]);
  expect(columns.get("loss")).toEqual({
    rows: Uint32Array.from([1]),
    values: Float64Array.from([0.5]),
  });
});

test("cut and foreign payloads are refused with a RangeError", () => {
  const payload = packBatch({ steps: [1, 2], times: [10, 20], series: { loss: [1.5, 2.5] } });
  for (let length = 0; length < payload.length; length++) {
    expect(() => unpackBatch(payload.subarray(0, length))).toThrow(RangeError);
  }
  expect(() => unpackBatch(Buffer.from([99, ...payload.subarray(1)]))).toThrow(/version 99/);
});

test("a thousand losses take less than ten bytes a point", () => {
  const rows = Array.from({ length: 1000 }, (_, index) => index);
  const payload = packBatch({
    steps: rows,
    times: rows.map((row) => 1.7e12 + row * 800 + (row % 7)),
    series: { loss: rows.map((row) => 2 + Math.sin(row)) },
  });
  expect(payload.length / 1000).toBeLessThan(10);
});
