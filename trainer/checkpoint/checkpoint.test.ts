import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { initParameters } from "../model/parameters.ts";
import { findRecipe } from "../recipes/find-recipe.ts";
import { createVocabulary, FIXED_TOKENS } from "../tokenizer/vocabulary.ts";
import { removeLeftovers } from "./checkpoint-directory.ts";
import { readCheckpoint, readNewestCheckpoint } from "./read-checkpoint.ts";
import { retireCheckpoints, retired } from "./retire-checkpoints.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
import { type NewCheckpoint, writeCheckpoint } from "./write-checkpoint.ts";

let parent = "";
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "checkpoints-"));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const config = findRecipe("tiny", {});

function checkpointOf(step: number): NewCheckpoint {
  return {
    state: {
      formatVersion: 3,
      steering: { rateFactor: 0.5, weights: { chinese: 1 } },
      spikes: { loss: [5, 4.5] },
      energy: { joules: 12, ms: 300 },
      step,
      schedulerStep: step - 1,
      tokens: step * 100,
      textBytes: step * 300,
      data: {
        random: [1, -2, 3, 4],
        sources: { chinese: { seed: 3, epoch: 0, index: 5, samples: 9, weight: 0.5 } },
        open: [],
      },
      config,
      report: { runId: null, attempt: 1, lastBatch: 7 },
      metrics: { "eval/loss": 4.5 },
    },
    tensors: {
      parameters: initParameters(config.model, step),
      firstMoments: initParameters(config.model, step + 1),
      secondMoments: initParameters(config.model, step + 2),
    },
    vocabulary: createVocabulary([...FIXED_TOKENS, "天", "a"]),
  };
}

describe("safetensors", () => {
  test("gives back every value bit for bit, NaN and infinities included", () => {
    const values = fc.array(fc.float(), { maxLength: 40 });
    fc.assert(
      fc.property(
        fc.dictionary(
          fc
            .string({ minLength: 1 })
            .filter((name) => name !== "__metadata__" && name !== "__proto__"),
          values,
        ),
        (tensors) => {
          const named = new Map(
            Object.entries(tensors).map(([name, list]) => [
              name,
              { shape: [list.length], data: Float32Array.from(list) },
            ]),
          );
          expect(decodeSafetensors(encodeSafetensors(named))).toEqual(named);
        },
      ),
    );
  });

  test("a file that is cut short is refused", () => {
    const bytes = encodeSafetensors(new Map([["w", { shape: [4], data: new Float32Array(4) }]]));
    expect(() => decodeSafetensors(bytes.subarray(0, bytes.length - 4))).toThrow(/w is F32/);
    expect(() => decodeSafetensors(bytes.subarray(0, 12))).toThrow(/cut short/);
  });
});

describe("a checkpoint", () => {
  test("comes back as it was written", async () => {
    const written = checkpointOf(200);
    const directory = await writeCheckpoint(parent, written);
    expect(directory).toBe(join(parent, "step-000200"));
    const { state, tensors, vocabulary } = await readCheckpoint(directory);
    const { files, ...rest } = state;
    expect(rest).toEqual(written.state);
    expect(Object.keys(files).sort()).toEqual([
      "config.json",
      "model.safetensors",
      "optimizer.safetensors",
      "vocab.txt",
    ]);
    expect(tensors).toEqual(written.tensors);
    expect(vocabulary).toEqual(written.vocabulary);
  });

  test("is replaced when its step is reached again", async () => {
    await writeCheckpoint(parent, checkpointOf(200));
    const again = checkpointOf(200);
    again.state.tokens = 1;
    await writeCheckpoint(parent, again);
    expect((await readCheckpoint(join(parent, "step-000200"))).state.tokens).toBe(1);
    expect(await readdir(parent)).toEqual(["step-000200"]);
  });

  test.each([
    "model.safetensors",
    "optimizer.safetensors",
    "config.json",
    "vocab.txt",
    "state.json",
  ])("with a damaged %s is named and the one before is taken", async (file) => {
    await writeCheckpoint(parent, checkpointOf(200));
    const broken = await writeCheckpoint(parent, checkpointOf(1200));
    const bytes = await readFile(join(broken, file));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(join(broken, file), bytes);
    const complaints: string[] = [];
    const found = await readNewestCheckpoint(parent, (message) => complaints.push(message));
    expect(found?.state.step).toBe(200);
    expect(complaints).toEqual([expect.stringMatching(new RegExp(`step 1200 .*${file}`))]);
  });

  test("that could not be written whole leaves nothing behind that takes up room", async () => {
    const broken = checkpointOf(400);
    // The last file that is written cannot be, as on a full disk.
    Object.defineProperty(broken.state, "metrics", {
      enumerable: true,
      get: () => {
        throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
      },
    });
    await expect(writeCheckpoint(parent, broken)).rejects.toThrow("no space left");
    expect(await readdir(parent)).toEqual([]);
  });

  test.each(["model.safetensors", "state.json"])(
    "whose %s was cut short is named and the one before is taken",
    async (file) => {
      await writeCheckpoint(parent, checkpointOf(200));
      const broken = await writeCheckpoint(parent, checkpointOf(1200));
      await truncate(join(broken, file), 100);
      const complaints: string[] = [];
      const found = await readNewestCheckpoint(parent, (message) => complaints.push(message));
      expect(found?.state.step).toBe(200);
      expect(complaints).toEqual([expect.stringMatching(new RegExp(`step 1200 .*${file}`))]);
    },
  );

  test("half written is never found and is cleared away", async () => {
    await mkdir(join(parent, ".step-000300.part"));
    await appendFile(join(parent, ".step-000300.part", "model.safetensors"), "half");
    expect(await readNewestCheckpoint(parent, () => undefined)).toBeNull();
    await removeLeftovers(parent);
    expect(await readdir(parent)).toEqual([]);
  });
});

describe("retention", () => {
  test("keeps the last ones and every multiple, whatever the steps", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 60_000 })),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 9_000 }),
        (steps, last, every) => {
          const gone = new Set(retired(steps, { last, every }));
          const sorted = [...steps].sort((a, b) => a - b);
          const expected = sorted.filter(
            (step, i) => i < sorted.length - last && step % every !== 0,
          );
          expect([...gone]).toEqual(expected);
        },
      ),
    );
  });

  test("removes the directories", async () => {
    for (const step of [10, 20, 30, 40]) {
      await writeCheckpoint(parent, checkpointOf(step));
    }
    await retireCheckpoints(parent, { last: 2, every: 20 });
    expect((await readdir(parent)).sort()).toEqual(["step-000020", "step-000030", "step-000040"]);
  });
});
