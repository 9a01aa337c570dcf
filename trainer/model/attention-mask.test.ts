import { defaultDevice, numpy as np } from "@jax-js/jax";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { attentionMask } from "./attention-mask.ts";

beforeAll(() => {
  defaultDevice("cpu");
});

test("a query sees a key exactly by the published rule", () => {
  const length = 7;
  const flags = fc.array(fc.nat(1), { minLength: length, maxLength: length });
  const spans = fc.array(fc.nat(2), { minLength: length, maxLength: length });
  fc.assert(
    fc.property(flags, spans, fc.nat(length), (context, span, valid) => {
      const array = (values: number[], shape = [1, length]) =>
        np.array(Int32Array.from(values), { shape });
      const unused = array(context);
      const mask = attentionMask({
        input: unused,
        isPrompt: unused,
        segment: unused,
        context: array(context),
        span: array(span),
        lengths: array([valid], [1]),
      });
      const expected = context.map((given, i) =>
        context.map((seen, j) => {
          const visible = seen === 1 || (given === 0 && j <= i);
          return visible && span[i] === span[j] && i < valid && j < valid;
        }),
      );
      expect(mask.js()).toEqual([expected]);
    }),
    { numRuns: 30 },
  );
});
