import { join } from "node:path";
import { RollbackPayload } from "#server/run-log/contract.ts";
import { abandonAfter } from "../checkpoint/abandon-after.ts";
import { checkpointName, listCheckpoints } from "../checkpoint/checkpoint-directory.ts";
import { readCheckpoint } from "../checkpoint/read-checkpoint.ts";
import type { DataState } from "../data/batch-stream.ts";
import type { TrainState } from "../engine/training-session.ts";
import { TrainerError } from "../trainer-error.ts";
import type { Wish } from "./controls.ts";
import { openData, openShaped, sameShape, shapeAt } from "./open-shaped.ts";
import type { Progress, Run } from "./run.ts";
import { createSpikeDetector } from "./spike-detector.ts";

type Done = { message: string; data?: Record<string, unknown> };

/**
 * Goes back to a checkpoint, all of it: weights, moments, schedule, data and random numbers. What follows is a new
 * attempt; the checkpoints after it are put aside, so that no restart goes on from one of them. A factor or weights
 * that are in force stay in force: they were often set because of what the roll-back undoes. Energy is not undone.
 */
export async function rollBack(run: Run, progress: Progress, wish: Wish): Promise<Done> {
  const parsed = RollbackPayload.safeParse(wish.payload);
  const steps = await listCheckpoints(run.directory);
  const step = parsed.data?.checkpoint;
  if (step === undefined || !steps.includes(step) || step >= progress.at.step) {
    const usable = steps.filter((other) => other < progress.at.step).join(", ");
    return refused(
      `there is no earlier checkpoint of that step here. There are: ${usable || "none"}.`,
    );
  }
  try {
    const { state, tensors } = await readCheckpoint(join(run.directory, checkpointName(step)));
    const from = progress.at.step;
    await takeUp(run, step, { tensors, data: state.data });
    await abandonAfter(run.directory, step);
    progress.at = {
      step,
      successful: state.schedulerStep,
      tokens: state.tokens,
      textBytes: state.textBytes,
    };
    progress.spikes = createSpikeDetector(state.spikes);
    progress.metrics = state.metrics;
    progress.savedAt = step;
    progress.examinedAt = step;
    progress.notFinite = 0;
    const message = `Rolled back from step ${from} to the checkpoint of step ${step}.`;
    run.sink.rollback(step, `${message} ${wish.reason}`.slice(0, 2_000));
    return { message, data: { from, to: step } };
  } catch (error) {
    if (error instanceof TrainerError && error.code === "data") {
      return refused(error.message);
    }
    throw error;
  }
}

/** The checkpoint's weights and data; a stage of other rows needs a session of its own. */
async function takeUp(
  run: Run,
  step: number,
  from: { tensors: TrainState; data: DataState },
): Promise<void> {
  const shape = shapeAt(run.config, step);
  if (sameShape(shape, run.shape)) {
    await run.session.load(from.tensors);
    Object.assign(run, openData(run, shape, from.data));
  } else {
    await run.session.release();
    Object.assign(run, await openShaped(run, shape, from));
  }
}

function refused(why: string): Done {
  return { message: `Not rolled back: ${why}`, data: { refused: true } };
}
