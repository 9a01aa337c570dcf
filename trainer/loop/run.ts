import type { CheckpointState } from "../checkpoint/checkpoint-state.ts";
import type { writeCheckpoint } from "../checkpoint/write-checkpoint.ts";
import type { Corpus } from "../data/prepare-corpus.ts";
import type { DatasetWatch } from "../data/watch-datasets.ts";
import type { Sink } from "../report/sink.ts";
import type { Controls } from "./controls.ts";
import type { EnergyMeter, EnergyState } from "./energy-meter.ts";
import type { Shaped } from "./open-shaped.ts";
import type { SpikeDetector } from "./spike-detector.ts";
import type { Steering } from "./steering.ts";
import type { Position, StepParts } from "./train-step.ts";

/** What a run consists of; its shaped parts are replaced when a stage has other rows or the run goes back. */
export type Run = StepParts &
  Shaped & {
    corpus: Corpus;
    /** Looks whether the corpus has changed. */
    watch: DatasetWatch;
    sink: Sink;
    controls: Controls;
    /** Where checkpoints go. */
    directory: string;
    writeCheckpoint: typeof writeCheckpoint;
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
