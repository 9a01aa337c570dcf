import { expect, test } from "vitest";
import { compareJson } from "./compare-json.ts";

test("only settings that differ are told, with what they were and what they became", () => {
  const before = { config: { rate: 1, rows: 12 }, steering: { rateFactor: 1 } };
  const after = { config: { rate: 1, rows: 16, half: true }, steering: { rateFactor: 0.8 } };
  expect(compareJson(before, after)).toEqual([
    { name: "config.rows", before: "12", after: "16" },
    { name: "steering.rateFactor", before: "1", after: "0.8" },
    { name: "config.half", before: null, after: "true" },
  ]);
});

test("what moves at every step is no change of the settings", () => {
  const at = (step: number) => ({ sha256: `${step}`, state: { step, open: [{ tokens: [step] }] } });
  expect(compareJson(at(1), at(2))).toEqual([]);
});

test("a file that is no object has no settings", () => {
  expect(compareJson(null, [1])).toEqual([]);
});
