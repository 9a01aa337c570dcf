import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { RunConfig } from "../recipes/run-config.ts";
import { openState } from "./checkpoint-state.ts";

const STORED = join(import.meta.dirname, "stored-state-1.json");

test("the state of a checkpoint of the first version is read, with what it did not know filled in", () => {
  const state = openState(readFileSync(STORED, "utf8"));
  expect(state).toMatchObject({
    formatVersion: 3,
    step: 20,
    schedulerStep: 20,
    steering: { rateFactor: 1, weights: null },
    spikes: {},
    energy: { joules: 0, ms: 0 },
    data: {
      sources: {
        chinese: { epoch: 0, index: 64, seed: 9153, samples: null },
        english: { epoch: 0, index: 17, seed: 17_072, samples: null },
      },
    },
  });
  expect(state?.config.data.datasets).toEqual([
    { name: "chinese", source: "built-in-chinese", share: 1 },
    { name: "english", source: "built-in-english", share: 1 },
  ]);
  expect(RunConfig.safeParse(state?.config).success).toBe(true);
});

test("a changed letter in an old state is still noticed", () => {
  const text = readFileSync(STORED, "utf8");
  expect(openState(text.replace(/"step": ?20/, '"step": 21'))).toBeNull();
});
