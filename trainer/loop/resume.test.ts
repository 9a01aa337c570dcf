import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Checkpoint, readNewestCheckpoint } from "../checkpoint/read-checkpoint.ts";
import { createBatchStream } from "../data/batch-stream.ts";
import { TASKS } from "../data/make-sample.ts";
import { openCorpus } from "../data/open-corpus.ts";
import { createTrainingSession, freshTrainState } from "../engine/training-session.ts";
import { initParameters } from "../model/parameters.ts";
import { findRecipe } from "../recipes/find-recipe.ts";
import { fanOut, type Sink, type StepValues, type TrainerEvent } from "../report/sink.ts";
import { type Controls, createControls } from "./controls.ts";
import { prepareHeldOut } from "./held-out.ts";
import { type Ending, runStages } from "./run-stages.ts";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "run-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

type Heard = {
  losses: Map<number, unknown>;
  events: TrainerEvent[];
  lines: string[];
  checkpoints: number[];
};

/** A sink that remembers; `onStep` lets a test send a wish at a chosen step. */
function remember(heard: Heard, onStep: (step: number) => void): Sink {
  return {
    ...fanOut([]),
    log: (step: number, values: StepValues) => {
      const { loss, lr, grad_norm, tokens } = values;
      heard.losses.set(step, { loss, lr, grad_norm, tokens, "eval/loss": values["eval/loss"] });
      onStep(step);
    },
    event: (event) => heard.events.push(event),
    line: (line) => heard.lines.push(line),
    checkpoint: ({ step }) => heard.checkpoints.push(step),
  };
}

type Wishes = (step: number, controls: Controls) => void;

/** Trains the tiny recipe in `name`, going on from its newest checkpoint if it has one. */
async function trainTiny(
  name: string,
  steps: number,
  wishes: Wishes = () => undefined,
): Promise<Heard & { ending: Ending; from: number }> {
  const config = findRecipe("tiny", { steps });
  const directory = join(root, name);
  const corpus = await openCorpus(config, join(root, "corpus"), () => undefined);
  const shape = {
    rows: config.data.rows,
    length: config.data.length,
    promptLength: config.model.prompt_length,
  };
  const found: Checkpoint | null = await readNewestCheckpoint(directory, () => undefined);
  const state = found?.tensors ?? freshTrainState(initParameters(config.model, config.seed));
  const session = await createTrainingSession({
    config: config.model,
    ...shape,
    tasks: TASKS.length,
    state,
    optimizer: config.optimizer,
    executor: "onnx",
    threads: 2,
  });
  const stream = createBatchStream({
    sources: corpus.train,
    shape,
    seed: config.seed,
    ...(found === null ? {} : { state: found.state.data }),
  });
  const heldOut = prepareHeldOut({ sources: corpus.heldOut, shape, batches: 1, seed: config.seed });
  const heard: Heard = { losses: new Map(), events: [], lines: [], checkpoints: [] };
  const controls = createControls();
  const sink = remember(heard, (step) => wishes(step, controls));
  const reported = () => ({ runId: null, attempt: 1, lastBatch: 0 });
  const from = {
    step: found?.state.step ?? 0,
    successful: found?.state.schedulerStep ?? 0,
    tokens: found?.state.tokens ?? 0,
  };
  const ending = await runStages(
    {
      config,
      session,
      stream,
      corpus,
      heldOut,
      sink,
      controls,
      directory,
      onPause: () => undefined,
      reported,
    },
    from,
  );
  await session.release();
  return { ...heard, ending, from: from.step };
}

test("20 steps are, number for number, 10 steps and 10 more after a restart", async () => {
  const whole = await trainTiny("whole", 20);
  const first = await trainTiny("parts", 20, (step, controls) => {
    if (step === 10) {
      controls.interrupt("SIGTERM");
    }
  });
  const second = await trainTiny("parts", 20);
  expect([first.ending, second.ending, second.from]).toEqual(["interrupted", "finished", 10]);
  expect(new Map([...first.losses, ...second.losses])).toEqual(whole.losses);
});

test("a signal between checkpoints writes one at the step where it came", async () => {
  const whole = await trainTiny("whole", 16);
  const first = await trainTiny("parts", 16, (step, controls) => {
    if (step === 7) {
      controls.interrupt("SIGINT");
    }
  });
  const second = await trainTiny("parts", 16);
  expect([...first.losses.keys()].at(-1)).toBe(7);
  expect(second.from).toBe(7);
  expect(new Map([...first.losses, ...second.losses])).toEqual(whole.losses);
});

test("commands are carried out before the next step, once, and acknowledged by their id", async () => {
  const paused: number[] = [];
  const run = await trainTiny("commands", 12, (step, controls) => {
    if (step === 3) {
      controls.receive({ id: "p1", kind: "pause", reason: "Look at the data." });
      controls.receive({ id: "p1", kind: "pause", reason: "Look at the data." });
      setTimeout(() => {
        paused.push(step);
        controls.receive({ id: "r1", kind: "resume", reason: "All is well." });
      }, 30);
    }
    if (step === 5) {
      controls.receive({ id: "c1", kind: "checkpoint", reason: "For a look." });
    }
    if (step === 8) {
      controls.receive({ id: "s1", kind: "stop", reason: "Enough." });
    }
  });
  const acknowledged = run.events
    .filter(({ kind }) => kind === "command")
    .map(({ commandId, step }) => [commandId, step]);
  expect(acknowledged).toEqual([
    ["p1", 3],
    ["r1", 3],
    ["c1", 5],
    ["s1", 8],
  ]);
  expect(run.ending).toBe("stopped");
  expect([...run.losses.keys()].at(-1)).toBe(8);
  expect(run.checkpoints).toEqual([5, 8]);
  expect(paused).toEqual([3]);
});

test("stages are announced where they begin", async () => {
  const { events } = await trainTiny("stages", 20);
  expect(events.filter(({ kind }) => kind === "stage").map(({ step }) => step)).toEqual([0, 12]);
});
