import { join } from "node:path";
import { type Checkpoint, readNewestCheckpoint } from "../checkpoint/read-checkpoint.ts";
import { writeCheckpoint } from "../checkpoint/write-checkpoint.ts";
import { openCorpus } from "../data/open-corpus.ts";
import { watchDatasets } from "../data/watch-datasets.ts";
import { freshTrainState } from "../engine/training-session.ts";
import { initParameters } from "../model/parameters.ts";
import { findRecipe } from "../recipes/find-recipe.ts";
import type { RunConfig } from "../recipes/run-config.ts";
import { fanOut, type Sink, type StepValues, type TrainerEvent } from "../report/sink.ts";
import { type Controls, createControls } from "./controls.ts";
import { createEnergyMeter } from "./energy-meter.ts";
import { openShaped, shapeAt } from "./open-shaped.ts";
import type { Ending, Run } from "./run.ts";
import { runStages } from "./run-stages.ts";

/** What a test run told, in the place of a portal. */
export type Heard = {
  losses: Map<number, unknown>;
  events: TrainerEvent[];
  lines: string[];
  checkpoints: number[];
  attempts: number[];
  results: Record<string, number>;
};

/** Called after every step; what it sends is taken up before the next. */
export type Wishes = (step: number, controls: Controls) => void;

export type TinyRun = {
  /** Where runs and corpora of the test lie. */
  root: string;
  name: string;
  steps: number;
  wishes?: Wishes | undefined;
  /** What is different from the recipe. */
  change?: ((config: RunConfig) => RunConfig) | undefined;
  /** How checkpoints are written; a test puts a full disk here. */
  write?: typeof writeCheckpoint | undefined;
};

/** Trains the tiny recipe in `name`, going on from its newest checkpoint if it has one: the real loop without a process. */
export async function trainTiny(o: TinyRun): Promise<Heard & { ending: Ending; from: number }> {
  const tiny = findRecipe("tiny", { steps: o.steps });
  const config = o.change?.(tiny) ?? tiny;
  const directory = join(o.root, o.name);
  const corpus = await openCorpus(config, join(o.root, "corpus"), () => undefined);
  const found: Checkpoint | null = await readNewestCheckpoint(directory, () => undefined);
  const shaped = await openShaped({ config, corpus }, shapeAt(config, found?.state.step ?? 0), {
    tensors: found?.tensors ?? freshTrainState(initParameters(config.model, config.seed)),
    data: found?.state.data ?? null,
  });
  const heard: Heard = {
    losses: new Map(),
    events: [],
    lines: [],
    checkpoints: [],
    attempts: [],
    results: {},
  };
  const controls = createControls();
  const run: Run = {
    ...shaped,
    config,
    speed: { peakGflops: 100, forwardMs: null, optimizerMs: 1 },
    corpus,
    watch: watchDatasets({ corpus, model: config.model, quietMs: 0 }),
    sink: remember(heard, (step) => o.wishes?.(step, controls)),
    controls,
    directory,
    writeCheckpoint: o.write ?? writeCheckpoint,
    openMeter: (from) => createEnergyMeter(config.efficiency, from, []),
    onPause: () => undefined,
    reported: () => ({ runId: null, attempt: 1, lastBatch: 0 }),
  };
  const ending = await runStages(run, found);
  await run.session.release();
  return { ...heard, ending, from: found?.state.step ?? 0 };
}

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
    rollback: (fromStep) => heard.attempts.push(fromStep),
    evaluation: (_step, results) => Object.assign(heard.results, results),
  };
}
