import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goldenConfig } from "../model/golden-cases.ts";
import { initParameters } from "../model/parameters.ts";
import { quantizeRows, restoreRows } from "./int8-rows.ts";
import { decodeSafetensors, encodeInt8, encodeSafetensors } from "./safetensors.ts";
import { fromHuggingFace, toHuggingFace } from "./to-hugging-face.ts";

const matrix = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 9 }))
  .chain(([rows, width]) =>
    fc
      .array(fc.float({ min: -1000, max: 1000, noNaN: true }), {
        minLength: rows * width,
        maxLength: rows * width,
      })
      .map((values) => ({ shape: [rows, width], data: Float32Array.from(values) })),
  );

describe("a matrix in bytes", () => {
  test("is off by half a step of its row at most, and by what rounding the step itself costs", () => {
    fc.assert(
      fc.property(matrix, (tensor) => {
        const rows = quantizeRows(tensor);
        const width = tensor.shape[1] ?? 1;
        restoreRows(rows).forEach((value, at) => {
          const step = rows.scales[Math.floor(at / width)] ?? 0;
          // A step is rounded to 11 bits: 127 of them may fall short by 127/2048 of a step, tiny ones by 127 · 2⁻²⁵.
          const allowed = step * (0.5 + 127 / 2048) + 127 * 2 ** -25;
          expect(Math.abs(value - (tensor.data[at] ?? 0))).toBeLessThanOrEqual(allowed + 1e-6);
        });
      }),
    );
  });

  test("knows a row of zeros, and rounds a tie to the even step", () => {
    const { values, scales } = quantizeRows({
      shape: [2, 4],
      data: Float32Array.of(0, 0, 0, 0, 127, 2.5, 3.5, -2.5),
    });
    expect([...values]).toEqual([0, 0, 0, 0, 127, 2, 4, -2]);
    expect([...scales]).toEqual([0, 1]);
  });
});

describe("files of every format", () => {
  const parameters = initParameters(goldenConfig, 7);

  test("give back the values that they hold, each within its format's precision", () => {
    const worst = (bytes: Buffer) => {
      const again = decodeSafetensors(bytes);
      expect([...again.keys()].sort()).toEqual([...parameters.keys()].sort());
      return Math.max(
        ...[...parameters].map(([name, { data }]) => {
          const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
          const read = again.get(name)?.data ?? new Float32Array();
          return (
            Math.max(...data.map((value, at) => Math.abs(value - (read[at] ?? NaN)))) / largest
          );
        }),
      );
    };
    expect(worst(encodeSafetensors(parameters))).toBe(0);
    expect(worst(encodeSafetensors(parameters, "fp16"))).toBeLessThan(2 ** -11);
    expect(worst(encodeSafetensors(parameters, "bf16"))).toBeLessThan(2 ** -8);
    expect(worst(encodeInt8(parameters))).toBeLessThan(0.005);
  });

  test("matrices in bytes take less than half the room", () => {
    const size = (bytes: Buffer) => bytes.length - Number(bytes.readBigUInt64LE(0));
    expect(size(encodeInt8(parameters))).toBeLessThan(size(encodeSafetensors(parameters)) / 2);
  });

  test("bytes without the steps of their rows are refused by name", () => {
    const whole = encodeInt8(parameters);
    const text = whole.toString("latin1").replaceAll("_scale", "_scalx");
    expect(() => decodeSafetensors(Buffer.from(text, "latin1"))).toThrow(/_scale/);
  });

  test("the other class's form leads back to ours", () => {
    const back = fromHuggingFace(toHuggingFace(parameters, goldenConfig, "vocab"), goldenConfig);
    expect([...back.keys()].sort()).toEqual([...parameters.keys()].sort());
    for (const [name, { shape, data }] of parameters) {
      expect(back.get(name)?.shape).toEqual(shape);
      const read = back.get(name)?.data ?? new Float32Array();
      data.forEach((value, at) => {
        expect(Math.abs((read[at] ?? NaN) - value)).toBeLessThanOrEqual(
          1e-6 * (1 + Math.abs(value)),
        );
      });
    }
  });
});
