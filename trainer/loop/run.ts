import type { CheckpointState } from "../checkpoint/checkpoint-state.ts";
import type { writeCheckpoint } from "../checkpoint/write-checkpoint.ts";
import type { BatchStream } from "../data/batch-stream.ts";
import type { Corpus } from "../data/prepare-corpus.ts";
import type { Sink } from "../report/sink.ts";
import type { Controls } from "./controls.ts";
import type { EnergyMeter, EnergyState } from "./energy-meter.ts";
import type { HeldOut } from "./held-out.ts";
import type { SpikeDetector } from "./spike-detector.ts";
import type { Steering } from "./steering.ts";
import type { Position, StepParts } from "./train-step.ts";

/** What a run consists of; `stream` is replaced when the run goes back to a checkpoint. */
export type Run = StepParts & {
  corpus: Corpus;
  heldOut: HeldOut;
  sink: Sink;
  controls: Controls;
  /** Where checkpoints go. */
  directory: string;
  writeCheckpoint: typeof writeCheckpoint;
  /** Opens the data where a checkpoint left them. */
  openStream: (state: CheckpointState["data"]) => BatchStream;
  openMeter: (from: EnergyState) => EnergyMeter;
  /** Told when the run is paused or goes on, so that signs of life say so. */
  onPause: (paused: boolean) => void;
  /** What the portal has been told, for the checkpoint. */
  reported: () => CheckpointState["report"];
};

/** How a run came to its end: the plan is done, someone asked to stop, or the process was told to go. */
export type Ending = "finished" | "stopped" | "interrupted";

/** Where a run stands between two steps; all of it is in a checkpoint. */
export type Progress = {
  at: Position;
  steering: Steering;
  spikes: SpikeDetector;
  meter: EnergyMeter;
  metrics: Record<string, number>;
  savedAt: number;
  examinedAt: number;
  notFinite: number;
};
