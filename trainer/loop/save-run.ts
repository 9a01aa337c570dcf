import { FORMAT_VERSION } from "../checkpoint/checkpoint-state.ts";
import { retireCheckpoints } from "../checkpoint/retire-checkpoints.ts";
import { isDiskFull } from "../report/is-disk-full.ts";
import { TrainerError } from "../trainer-error.ts";
import { evaluateHeldOut } from "./held-out.ts";
import type { Progress, Run } from "./run.ts";
import { writeSamples } from "./write-samples.ts";

/** Examines the model on the held-out batches, once at a step. */
export async function examine(run: Run, progress: Progress): Promise<Record<string, number>> {
  if (progress.examinedAt === progress.at.step) {
    return {};
  }
  const { results, forwardMs } = await evaluateHeldOut(run.session, run.heldOut);
  run.speed.forwardMs = forwardMs ?? run.speed.forwardMs;
  progress.examinedAt = progress.at.step;
  progress.metrics = { ...progress.metrics, ...results };
  run.sink.evaluation(progress.at.step, results);
  return results;
}

/**
 * Writes a checkpoint with its examination and samples, unless this very step has one already. When someone waits for
 * the process to go, only the checkpoint is written.
 */
export async function save(run: Run, progress: Progress): Promise<void> {
  const { config, sink, session, corpus, controls } = run;
  const { step, tokens } = progress.at;
  if (step === progress.savedAt) {
    return;
  }
  if (controls.interrupted === null) {
    await examine(run, progress);
  }
  // A checkpoint must not know steps that no report will: a trainer killed right after it would never tell them.
  sink.settle();
  const tensors = await session.snapshot();
  const directory = await run.writeCheckpoint(run.directory, {
    state: stateOf(run, progress),
    tensors,
    vocabulary: corpus.vocabulary,
  });
  await retireCheckpoints(run.directory, config.keep);
  progress.savedAt = step;
  sink.checkpoint({ step, tokens, directory, files: config.upload, metrics: progress.metrics });
  if (controls.interrupted === null) {
    sink.samples(
      step,
      await writeSamples({ config, parameters: tensors.parameters, vocabulary: corpus.vocabulary }),
    );
  }
}

/**
 * Writes the checkpoint that the plan asks for here. When the disk is full the training goes on: the last whole
 * checkpoint is still there, and the next one may find room.
 */
export async function saveOrGoOn(run: Run, progress: Progress): Promise<void> {
  try {
    await save(run, progress);
  } catch (error) {
    if (!isDiskFull(error)) {
      throw error;
    }
    const message = `The checkpoint of step ${progress.at.step} was not written: ${run.directory} has no room. Free some space; training goes on and the next checkpoint is tried as planned.`;
    run.sink.event({ kind: "note", step: progress.at.step, message });
  }
}

/** Writes the last checkpoint of this process; without it the steps since the one before are lost, so it must say so. */
export async function saveAtEnd(run: Run, progress: Progress): Promise<void> {
  try {
    await save(run, progress);
  } catch (error) {
    if (!isDiskFull(error)) {
      throw error;
    }
    throw new TrainerError(
      "data",
      `The last checkpoint, of step ${progress.at.step}, was not written: ${run.directory} has no room. Free some space and start again with --resume; the steps after ${progress.savedAt} will be trained again.`,
      { cause: error },
    );
  }
}

function stateOf(run: Run, { at, steering, spikes, meter, metrics }: Progress) {
  return {
    formatVersion: FORMAT_VERSION as typeof FORMAT_VERSION,
    step: at.step,
    schedulerStep: at.successful,
    tokens: at.tokens,
    textBytes: at.textBytes,
    data: run.stream.state(),
    config: run.config,
    steering,
    spikes: spikes.state(),
    energy: meter.state(),
    report: run.reported(),
    metrics,
  };
}
