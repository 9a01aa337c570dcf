// All detectors together. What they remember is plain JSON, kept with the attempt and written in the batch's transaction:
// so every finding is made once, whatever is sent again, and a portal that restarts goes on where it was.
import { detectLoss, forget, type LossState, NEW_LOSS } from "./detect-loss.ts";
import { detectRate, NEW_RATE, type RateState } from "./detect-rate.ts";
import { detectSlow, NEW_SPEED, type SpeedState } from "./detect-slow.ts";
import { detectStage, NEW_STAGE, type ObservedStage, type StageState } from "./detect-stage.ts";
import { type Finding, inWords, type Observation } from "./finding.ts";
import { type Watched, watchedKeys } from "./watched-keys.ts";

export type DetectorState = {
  loss: LossState;
  rate: RateState;
  speed: SpeedState;
  stage: StageState;
  /** By key: the newest weight of each data source. */
  weights: Record<string, number>;
  /** By kind: the step of the newest event that the trainer told of itself. */
  told: Record<string, number>;
};

type Column = ArrayLike<number | string | null>;
export type ObservedBatch = {
  steps: ArrayLike<number>;
  times: ArrayLike<number>;
  series: Record<string, Column>;
  /** Of the run's plan. */
  stages?: readonly ObservedStage[];
};

/** A state of one's own; what an older version remembered otherwise begins anew. */
function understood(before: DetectorState | null): DetectorState {
  const state = structuredClone(before);
  return {
    loss: state?.loss.recent === undefined ? structuredClone(NEW_LOSS) : state.loss,
    rate: state?.rate ?? { ...NEW_RATE },
    speed: state?.speed ?? { ...NEW_SPEED },
    stage: state?.stage ?? { ...NEW_STAGE },
    weights: state?.weights ?? {},
    told: state?.told ?? {},
  };
}

/** What an attempt begins with: what was learned before, but for the steps, which may be behind. */
export function detectorAfter(before: DetectorState | null): DetectorState {
  const state = understood(before);
  forget(state.loss);
  return {
    ...state,
    loss: { ...state.loss, broken: false, newest: -1, back: null },
    rate: { ...NEW_RATE },
    speed: { ...state.speed, low: 0 },
    stage: { ...NEW_STAGE },
    told: {},
  };
}

/** The findings of a batch and the state behind it. At most `most` findings: a flickering loss says it all with its first. */
export function detect(
  before: DetectorState | null,
  batch: ObservedBatch,
  most = 20,
): { state: DetectorState; findings: Finding[] } {
  const state = understood(before);
  const watched = watchedKeys(Object.keys(batch.series));
  const findings = [
    ...walk(batch, watched.loss, (seen) => detectLoss(state.loss, seen)),
    ...walk(batch, watched.rate, (seen) => detectRate(state.rate, seen)),
    ...walk(batch, watched.speed, (seen) => detectSlow(state.speed, seen)),
    ...detectWeights(state, batch, watched),
    ...detectStage(state.stage, batch, batch.stages ?? []),
  ];
  return { state, findings: findings.slice(0, most) };
}

function detectWeights(
  state: DetectorState,
  batch: ObservedBatch,
  { weights }: Watched,
): Finding[] {
  return weights.flatMap((key) =>
    walk(batch, key, ({ step, time, value }): Finding[] => {
      const before = state.weights[key];
      state.weights[key] = value;
      if (before === undefined || before === value) {
        return [];
      }
      const source = key.slice(key.lastIndexOf("/") + 1);
      const message = `The weight of ${source} changes from ${inWords(before)} to ${inWords(value)}.`;
      return [{ kind: "data", step, time, message, data: { source, from: before, to: value } }];
    }),
  );
}

function walk(
  batch: ObservedBatch,
  key: string | null,
  observe: (seen: Observation) => Finding[],
): Finding[] {
  const column = key === null ? undefined : batch.series[key];
  const findings: Finding[] = [];
  if (key === null || column === undefined) {
    return findings;
  }
  for (let row = 0; row < column.length; row++) {
    const value = column[row];
    if (value !== null && value !== undefined) {
      const step = batch.steps[row] as number;
      const time = batch.times[row] as number;
      findings.push(...observe({ key, step, time, value: Number(value) }));
    }
  }
  return findings;
}
