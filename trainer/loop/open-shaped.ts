import { type BatchStream, createBatchStream, type DataState } from "../data/batch-stream.ts";
import { TASKS } from "../data/make-sample.ts";
import type { RowShape } from "../data/pack-rows.ts";
import type { Corpus } from "../data/prepare-corpus.ts";
import {
  createTrainingSession,
  type TrainingSession,
  type TrainState,
} from "../engine/training-session.ts";
import type { RunConfig } from "../recipes/run-config.ts";
import { type HeldOut, prepareHeldOut } from "./held-out.ts";
import { stageAt } from "./stage-at.ts";

/** The parts of a run that are made for one number and length of rows. */
export type Shaped = {
  shape: RowShape;
  session: TrainingSession;
  stream: BatchStream;
  heldOut: HeldOut;
};

type Whole = { config: RunConfig; corpus: Corpus };

/** Rows of the stage to which a step (1-based) belongs; what the stage does not say is the recipe's. */
export function shapeAt(config: RunConfig, step: number): RowShape {
  const stage = stageAt(config, Math.max(1, step));
  return {
    rows: stage.rows ?? config.data.rows,
    length: stage.length ?? config.data.length,
    promptLength: config.model.prompt_length,
  };
}

export function sameShape(a: RowShape, b: RowShape): boolean {
  return a.rows === b.rows && a.length === b.length;
}

/** Session, data and held-out batches for rows of a shape; `data` is where the data stand, null at their beginning. */
export async function openShaped(
  { config, corpus }: Whole,
  shape: RowShape,
  from: { tensors: TrainState; data: DataState | null },
): Promise<Shaped> {
  const { rows, length } = shape;
  const session = await createTrainingSession({
    config: config.model,
    rows,
    length,
    tasks: TASKS.length,
    state: from.tensors,
    optimizer: config.optimizer,
    executor: config.executor,
    threads: config.threads,
  });
  return { shape, session, ...openData({ config, corpus }, shape, from.data) };
}

export function openData(
  { config, corpus }: Whole,
  shape: RowShape,
  state: DataState | null,
): Pick<Shaped, "stream" | "heldOut"> {
  const { seed } = config;
  return {
    stream: createBatchStream({
      datasets: corpus.train,
      shape,
      seed,
      ...(state === null ? {} : { state }),
    }),
    heldOut: openHeldOut({ config, corpus }, shape),
  };
}

export function openHeldOut({ config, corpus }: Whole, shape: RowShape): HeldOut {
  return prepareHeldOut({
    datasets: corpus.heldOut,
    shape,
    batches: config.data.evalBatches,
    seed: config.seed,
  });
}

/** Pieces of another length are other pieces: each source begins its next round, and rows under way are left. */
export function nextRound(state: DataState): DataState {
  const sources = Object.entries(state.sources).map(
    ([key, { seed, epoch }]) => [key, { seed, epoch: epoch + 1, index: 0, samples: null }] as const,
  );
  return { ...state, sources: Object.fromEntries(sources), open: [] };
}
