import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { buildCorpus, corpusDirectory } from "../data/build/build-corpus.ts";
import { findRecipe } from "../recipes/find-recipe.ts";
import type { RunConfig } from "../recipes/run-config.ts";
import { trainTiny as train, type Wishes } from "./train-tiny.ts";

let root = "";
let original = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "follow-"));
  const { data } = change(findRecipe("tiny", {}));
  const directory = join(root, "corpus");
  await buildCorpus({ data, inputs: [], directory, progress: () => undefined });
  original = readFileSync(file(), "utf8");
}, 60_000);
beforeEach(() => writeFileSync(file(), original));
afterAll(() => rm(root, { recursive: true, force: true }));

/** The tiny recipe with cues: their prompts are 3 to 7. */
function change(config: RunConfig): RunConfig {
  const tasks = { ...config.data.tasks, summary: 1, qa: 1, rewrite: 1 };
  return {
    ...config,
    model: { ...config.model, prompt_types: 8 },
    data: { ...config.data, tasks, length: 96 },
  };
}

function trainTiny(name: string, steps: number, wishes?: Wishes): ReturnType<typeof train> {
  return train({ root, name, steps, wishes, change });
}

const file = (): string =>
  join(corpusDirectory(join(root, "corpus"), change(findRecipe("tiny", {})).data), "datasets.json");

type Entry = { task_name: string; dataset_name: string; weight: number };

function edit(change: (entry: Entry) => Entry): void {
  const entries = JSON.parse(readFileSync(file(), "utf8")) as Entry[];
  writeFileSync(file(), JSON.stringify(entries.map(change)));
}

const onlyCues = (entry: Entry): Entry =>
  entry.task_name === "plain" ? { ...entry, weight: 0 } : entry;

test("training draws from the cues and is examined on them, task by task", async () => {
  const { results } = await trainTiny("cues", 10);
  for (const task of ["infill", "continuation", "summary", "qa", "rewrite"]) {
    expect(results[`eval/loss/${task}`]).toBeGreaterThan(0);
    expect(results[`eval/accuracy/${task}`]).toBeGreaterThanOrEqual(0);
  }
});

test("a changed datasets.json is drawn from at the next step, with an event; a broken one is named and changes nothing", async () => {
  const plain = await trainTiny("plain", 8);
  const run = await trainTiny("changed", 8, (step) => {
    if (step === 3) {
      writeFileSync(file(), original.slice(0, -5));
    }
    if (step === 5) {
      writeFileSync(file(), original);
      edit(onlyCues);
    }
  });
  const told = run.events.filter(({ kind }) => kind === "data" || kind === "note");
  expect(told.map(({ kind, step }) => [kind, step])).toEqual([
    ["note", 3],
    ["data", 5],
  ]);
  expect(told[0]?.message).toMatch(/not taken: .*Training goes on with the data as before/s);
  expect(told[1]?.message).toContain(
    "plain.chinese (0-built-in-chinese.plain.train): weight 1 → 0",
  );
  for (const step of [4, 5]) {
    expect(run.losses.get(step)).toEqual(plain.losses.get(step));
  }
  expect(run.losses.get(6)).not.toEqual(plain.losses.get(6));
});

test("a run whose data were changed goes on bit for bit after a restart, and says what was changed while it was away", async () => {
  const at5: Wishes = (step) => {
    if (step === 5) {
      edit(onlyCues);
    }
  };
  const whole = await trainTiny("whole", 14, at5);
  writeFileSync(file(), original);
  const first = await trainTiny("parts", 14, (step, controls) => {
    at5(step, controls);
    if (step === 9) {
      controls.interrupt("SIGTERM");
    }
  });
  const second = await trainTiny("parts", 14);
  expect(second.from).toBe(9);
  expect(second.events.filter(({ kind }) => kind === "data")).toEqual([]);
  expect(new Map([...first.losses, ...second.losses])).toEqual(whole.losses);

  edit((entry) => ({ ...entry, weight: entry.task_name === "qa" ? 3 : entry.weight }));
  const third = await trainTiny("parts", 16);
  const [told] = third.events.filter(({ kind }) => kind === "data");
  expect([told?.step, told?.message]).toEqual([
    14,
    expect.stringContaining("qa.train: weight 1 → 3"),
  ]);
});

test("neither the file nor a command may leave a stage with nothing to draw", async () => {
  const run = await trainTiny("empty", 12, (step, controls) => {
    if (step === 3) {
      edit((entry) => ({ ...entry, weight: entry.dataset_name === "chinese" ? 0 : 1 }));
    }
    if (step === 6) {
      const payload = { weights: { "qa.chinese": 0, "plain.chinese": 0, english: 0 } };
      controls.receive({ id: "w", kind: "weights", reason: "Mistaken.", payload });
    }
  });
  expect(run.events.find(({ kind }) => kind === "note")?.message).toMatch(
    /the stage "Chinese base" would have nothing to draw; there is english/,
  );
  expect(run.events.find(({ commandId }) => commandId === "w")?.data).toMatchObject({
    refused: true,
  });
  expect(run.losses.size).toBe(12);
  await expect(trainTiny("never", 12)).rejects.toThrow(/nothing to draw.*datasets\.json/);
});

test("a spike names the samples of its batch", async () => {
  const run = await trainTiny("spike", 8, (step, controls) => {
    const payload = { factor: 100 };
    if (step === 2) {
      controls.receive({ id: "f", kind: "rate", reason: "To see a spike.", payload });
    }
  });
  const spike = run.events.find(({ kind }) => kind === "spike");
  const samples = spike?.data?.["samples"];
  expect(samples).toEqual(
    expect.arrayContaining([expect.stringMatching(/^0-built-in-chinese\.\w+\.train#\d+(\+\d+)?$/)]),
  );
});
