import { describe, expect, it } from "vitest";
import { shortenNumbers } from "./shorten-numbers.ts";

describe("shortenNumbers", () => {
  it("cuts fractions and leaves whole numbers, words and shape alone", () => {
    const data = { loss: [3.190000057220459, "NaN", null], times: [1_767_225_600_123], name: "a" };
    expect(shortenNumbers(data)).toEqual({
      loss: [3.1900001, "NaN", null],
      times: [1_767_225_600_123],
      name: "a",
    });
    expect(shortenNumbers(undefined)).toBeUndefined();
  });
});
