import type { EventKind, Sample } from "#server/runs/contract.ts";

/** Values of one step by metric name; NaN and the infinities are allowed. */
export type StepValues = Record<string, number>;

export type TrainerEvent = {
  kind: EventKind;
  step: number;
  message: string;
  data?: Record<string, unknown>;
  commandId?: string;
};

export type ReportedCheckpoint = {
  step: number;
  tokens: number;
  directory: string;
  files: string[];
  metrics: Record<string, number>;
};

export type FinishStatus = "finished" | "failed" | "stopped";

/** Where a run's numbers and words go. No method blocks training; `close` gives them a last chance to arrive. */
export type Sink = {
  log(step: number, values: StepValues): void;
  event(event: TrainerEvent): void;
  line(text: string): void;
  samples(step: number, samples: Sample[]): void;
  evaluation(step: number, results: StepValues): void;
  checkpoint(checkpoint: ReportedCheckpoint): void;
  /** The run goes back to a step and begins a new attempt there; what is told from here on belongs to it. */
  rollback(fromStep: number, reason: string): void;
  /** Brings what was said so far to where it outlives this process. */
  settle(): void;
  finish(status: FinishStatus, message: string): void;
  close(patienceMs: number): Promise<void>;
};

/** One sink that speaks to all; an empty list is the null sink. */
export function fanOut(sinks: Sink[]): Sink {
  const each = (tell: (sink: Sink) => void): void => {
    for (const sink of sinks) {
      tell(sink);
    }
  };
  return {
    log: (step, values) => each((sink) => sink.log(step, values)),
    event: (event) => each((sink) => sink.event(event)),
    line: (text) => each((sink) => sink.line(text)),
    samples: (step, samples) => each((sink) => sink.samples(step, samples)),
    evaluation: (step, results) => each((sink) => sink.evaluation(step, results)),
    checkpoint: (checkpoint) => each((sink) => sink.checkpoint(checkpoint)),
    rollback: (fromStep, reason) => each((sink) => sink.rollback(fromStep, reason)),
    settle: () => each((sink) => sink.settle()),
    finish: (status, message) => each((sink) => sink.finish(status, message)),
    close: async (patienceMs) => {
      await Promise.all(sinks.map((sink) => sink.close(patienceMs)));
    },
  };
}
