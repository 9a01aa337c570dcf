import { expect, test } from "vitest";
import { commandOf, EMPTY_FORM, possibleCommands, sourcesOf, stepsBack } from "./command-choice.ts";

const form = { ...EMPTY_FORM, reason: " The loss spikes. " };

test("nothing is sent without a reason", () => {
  expect(commandOf("pause", { ...form, reason: "  " })).toBeNull();
  expect(commandOf("pause", form)).toEqual({ kind: "pause", reason: "The loss spikes." });
});

test("a factor must be a number above zero", () => {
  expect(commandOf("rate", form)).toBeNull();
  expect(commandOf("rate", { ...form, factor: "0" })).toBeNull();
  expect(commandOf("rate", { ...form, factor: "much" })).toBeNull();
  expect(commandOf("rate", { ...form, factor: "0.8" })).toMatchObject({ payload: { factor: 0.8 } });
});

test("weights may be none at all, but not all zero", () => {
  expect(commandOf("weights", form)).toMatchObject({ payload: { weights: {} } });
  expect(commandOf("weights", { ...form, weights: { zh: "0", en: "" } })).toBeNull();
  expect(commandOf("weights", { ...form, weights: { zh: "2", en: "-1" } })).toBeNull();
  expect(commandOf("weights", { ...form, weights: { zh: "2", en: "" } })).toMatchObject({
    payload: { weights: { zh: 2 } },
  });
});

test("a way back needs a checkpoint", () => {
  expect(commandOf("rollback", form)).toBeNull();
  expect(commandOf("rollback", { ...form, checkpoint: "0" })).toMatchObject({
    payload: { checkpoint: 0 },
  });
});

test("a paused run can be resumed, a running one paused", () => {
  expect(possibleCommands({ paused: true })[0]).toBe("resume");
  expect(possibleCommands({ paused: false })).not.toContain("resume");
});

test("the sources are read from the stages; a configuration without any has none", () => {
  const stages = [{ mix: { zh: 1 } }, { mix: { zh: 1, en: 2 } }, { mix: null }, "x"];
  expect(sourcesOf({ config: { stages } })).toEqual(["zh", "en"]);
  expect(sourcesOf({ config: {} })).toEqual([]);
});

test("each step to go back to stands once, the newest first", () => {
  const at = (attempt: number, step: number) => ({
    id: `${attempt}${step}`,
    runId: "r",
    attempt,
    step,
    tokens: null,
    metrics: {},
    createdAt: 0,
    bytes: 0,
    files: [],
  });
  expect(stepsBack([at(1, 5), at(2, 5), at(1, 10)])).toEqual([10, 5]);
});
