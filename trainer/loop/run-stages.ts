import type { CheckpointState } from "../checkpoint/checkpoint-state.ts";
import { retireCheckpoints } from "../checkpoint/retire-checkpoints.ts";
import { writeCheckpoint } from "../checkpoint/write-checkpoint.ts";
import type { Corpus } from "../data/prepare-corpus.ts";
import type { Sink } from "../report/sink.ts";
import { TrainerError } from "../trainer-error.ts";
import type { Controls, Wish } from "./controls.ts";
import { evaluateHeldOut, type HeldOut } from "./held-out.ts";
import { stageAt } from "./stage-at.ts";
import { formatStep, type Position, type StepParts, trainStep } from "./train-step.ts";
import { writeSamples } from "./write-samples.ts";

/** So many steps in a row without a finite loss mean that the run is broken, not unlucky. */
const MOST_NOT_FINITE = 20;

export type Run = StepParts & {
  corpus: Corpus;
  heldOut: HeldOut;
  sink: Sink;
  controls: Controls;
  /** Where checkpoints go. */
  directory: string;
  /** Told when the run is paused or goes on, so that signs of life say so. */
  onPause: (paused: boolean) => void;
  /** What the portal has been told, for the checkpoint. */
  reported: () => CheckpointState["report"];
};

/** How a run came to its end: the plan is done, someone asked to stop, or the process was told to go. */
export type Ending = "finished" | "stopped" | "interrupted";

type Progress = {
  at: Position;
  metrics: Record<string, number>;
  savedAt: number;
  notFinite: number;
};

/** Trains from a position to the end of the plan, or until a command or a signal ends it. */
export async function runStages(run: Run, from: Position): Promise<Ending> {
  const { config } = run;
  const progress: Progress = { at: from, metrics: {}, savedAt: from.step, notFinite: 0 };
  while (progress.at.step < config.steps) {
    const ending = await obey(run, progress);
    if (ending !== null) {
      return ending;
    }
    announceStage(run, progress.at.step + 1);
    await oneStep(run, progress);
  }
  await save(run, progress);
  return "finished";
}

async function oneStep(run: Run, progress: Progress): Promise<void> {
  const { config, sink } = run;
  const { position, values, finite } = await trainStep(run, progress.at);
  const { step } = position;
  progress.at = position;
  if (step % config.evalEvery === 0 || step === config.steps) {
    Object.assign(values, await evaluate(run, progress));
  }
  progress.metrics = { ...progress.metrics, loss: values["loss"] ?? Number.NaN };
  sink.log(step, values);
  if (step % config.logEvery === 0 || step === 1) {
    sink.line(formatStep(step, values));
  }
  judge(run, progress, finite);
  if (step === config.firstCheckpoint || step % config.checkpointEvery === 0) {
    await save(run, progress);
  }
}

function judge({ sink }: Run, progress: Progress, finite: boolean): void {
  progress.notFinite = finite ? 0 : progress.notFinite + 1;
  if (!finite) {
    const message =
      "Loss or gradient was not finite; the step was not applied and the schedule did not advance.";
    sink.event({ kind: "nan", step: progress.at.step, message });
  }
  if (progress.notFinite >= MOST_NOT_FINITE) {
    throw new TrainerError(
      "training",
      `${MOST_NOT_FINITE} steps in a row were not finite. Lower schedule.base in the recipe and resume from an earlier checkpoint.`,
    );
  }
}

function announceStage({ config, sink }: Run, step: number): void {
  const stage = stageAt(config, step);
  if (step - 1 === stage.fromStep) {
    const shares = Object.entries(stage.mix).map(([name, weight]) => `${name} ${weight}`);
    const message = `Stage "${stage.name}" begins: ${shares.join(", ")}.`;
    sink.event({ kind: "stage", step: step - 1, message, data: { ...stage } });
  }
}

async function evaluate(
  { session, heldOut, sink }: Run,
  progress: Progress,
): Promise<Record<string, number>> {
  const results = await evaluateHeldOut(session, heldOut);
  progress.metrics = { ...progress.metrics, ...results };
  sink.evaluation(progress.at.step, results);
  return results;
}

/** Writes a checkpoint and samples of its model, unless this very step has one already. */
async function save(run: Run, progress: Progress): Promise<void> {
  const { config, sink, session, stream, corpus } = run;
  const { step, successful, tokens } = progress.at;
  if (step === progress.savedAt) {
    return;
  }
  // A checkpoint must not know steps that no report will: a trainer killed right after it would never tell them.
  sink.settle();
  const tensors = await session.snapshot();
  const state = {
    formatVersion: 1 as const,
    step,
    schedulerStep: successful,
    tokens,
    data: stream.state(),
    config,
    report: run.reported(),
    metrics: progress.metrics,
  };
  const directory = await writeCheckpoint(run.directory, {
    state,
    tensors,
    vocabulary: corpus.vocabulary,
  });
  await retireCheckpoints(run.directory, config.keep);
  progress.savedAt = step;
  sink.checkpoint({ step, tokens, directory, files: config.upload, metrics: progress.metrics });
  if (run.controls.interrupted === null) {
    sink.samples(
      step,
      await writeSamples({ config, parameters: tensors.parameters, vocabulary: corpus.vocabulary }),
    );
  }
}

/** Carries out what was asked since the last step. A pause lasts until resume, stop or a signal. */
async function obey(run: Run, progress: Progress): Promise<Ending | null> {
  const { controls, sink, onPause } = run;
  let paused = false;
  for (;;) {
    if (controls.interrupted !== null) {
      await save(run, progress);
      return "interrupted";
    }
    const wish = controls.take();
    if (wish === null && !paused) {
      return null;
    }
    if (wish === null) {
      await controls.arrival();
    } else if (wish.kind === "stop") {
      await save(run, progress);
      acknowledge(sink, wish, { step: progress.at.step, message: DONE.stop });
      return "stopped";
    } else {
      paused = wish.kind === "pause" || (paused && wish.kind !== "resume");
      onPause(paused);
      await carryOut(run, progress, wish);
    }
  }
}

const DONE: Record<Wish["kind"], string> = {
  pause: "Paused.",
  resume: "Training goes on.",
  checkpoint: "Checkpoint written on request.",
  stop: "Stopped after writing a checkpoint.",
};

async function carryOut(run: Run, progress: Progress, wish: Wish): Promise<void> {
  if (wish.kind === "checkpoint") {
    await save(run, progress);
  }
  acknowledge(run.sink, wish, { step: progress.at.step, message: DONE[wish.kind] });
}

function acknowledge(sink: Sink, wish: Wish, done: { step: number; message: string }): void {
  const { commandId, reason, kind } = wish;
  sink.event({
    kind: "command",
    step: done.step,
    message: `${done.message} Asked because: ${reason}`,
    data: { command: kind },
    ...(commandId === null ? {} : { commandId }),
  });
}
