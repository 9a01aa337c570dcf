import type { Checkpoint } from "../checkpoint/read-checkpoint.ts";
import { TrainerError } from "../trainer-error.ts";
import { checkStages, followData, tellDataSince } from "./follow-data.ts";
import { obey } from "./obey.ts";
import { nextRound, openShaped, sameShape, shapeAt } from "./open-shaped.ts";
import type { Ending, Progress, Run } from "./run.ts";
import { examine, saveAtEnd, saveOrGoOn } from "./save-run.ts";
import { createSpikeDetector } from "./spike-detector.ts";
import { stageAt } from "./stage-at.ts";
import { UNSTEERED } from "./steering.ts";
import { inspectionMetrics } from "./step-metrics.ts";
import { formatStep, type StepOutcome, trainStep } from "./train-step.ts";

/** So many steps in a row without a finite loss mean that the run is broken, not unlucky. */
const MOST_NOT_FINITE = 20;
/** An event's data has an upper bound at the portal. */
const MOST_SAMPLES_NAMED = 200;

/** Trains from a checkpoint, or from nothing, to the end of the plan, or until a command or a signal ends it. */
export async function runStages(run: Run, from: Pick<Checkpoint, "state"> | null): Promise<Ending> {
  const { config } = run;
  const progress = startProgress(run, from);
  checkStages(run, progress);
  if (from !== null) {
    tellDataSince(run, from.state);
  }
  while (progress.at.step < config.steps) {
    const ending = await obey(run, progress);
    if (ending !== null) {
      return ending;
    }
    announceStage(run, progress.at.step + 1);
    await fitRows(run, progress.at.step + 1);
    followData(run, progress);
    await oneStep(run, progress);
  }
  await saveAtEnd(run, progress);
  return "finished";
}

function startProgress(run: Run, from: Pick<Checkpoint, "state"> | null): Progress {
  const state = from?.state;
  const step = state?.step ?? 0;
  return {
    at: {
      step,
      successful: state?.schedulerStep ?? 0,
      tokens: state?.tokens ?? 0,
      textBytes: state?.textBytes ?? 0,
    },
    steering: state?.steering ?? UNSTEERED,
    spikes: createSpikeDetector(state?.spikes),
    meter: run.openMeter(state?.energy ?? { joules: 0, ms: 0 }),
    metrics: state?.metrics ?? {},
    savedAt: step,
    examinedAt: step,
    notFinite: 0,
  };
}

async function oneStep(run: Run, progress: Progress): Promise<void> {
  const { config, sink } = run;
  const outcome = await trainStep(run, progress.at, progress.steering);
  const { position, values, finite } = outcome;
  const { step } = position;
  progress.at = position;
  Object.assign(values, progress.meter.add(values["time/step_ms"] ?? 0));
  if (step % config.inspectEvery === 0) {
    Object.assign(values, inspectionMetrics(await run.session.inspect()));
  }
  if (step % config.evalEvery === 0 || step === config.steps) {
    Object.assign(values, await examine(run, progress));
  }
  progress.metrics = { ...progress.metrics, loss: values["loss"] ?? Number.NaN };
  sink.log(step, values);
  if (step % config.logEvery === 0 || step === 1) {
    sink.line(formatStep(step, values));
  }
  reportSpikes(run, progress, outcome);
  judge(run, progress, finite);
  if (step === config.firstCheckpoint || step % config.checkpointEvery === 0) {
    await saveOrGoOn(run, progress);
  }
}

/** Each spike names the samples of its batch, so that one can look at what the model stumbled over. */
function reportSpikes({ sink }: Run, { spikes }: Progress, outcome: StepOutcome): void {
  const { values, position, batches } = outcome;
  const losses = Object.fromEntries(
    Object.entries(values).filter(([name]) => name === "loss" || name.startsWith("loss/")),
  );
  for (const { series, previous, current, rule, limit } of spikes.observe(losses)) {
    const samples = batches.flatMap((batch) => batch.samples ?? []).slice(0, MOST_SAMPLES_NAMED);
    sink.event({
      kind: "spike",
      step: position.step,
      message: `${series} rose from ${previous.toFixed(4)} to ${current.toFixed(4)}, above ${rule} = ${limit.toFixed(4)}.`,
      data: { series, previous, current, rule, limit, samples },
    });
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

/** A stage with other rows goes on with the same weights and moments in a session of its own. */
async function fitRows(run: Run, step: number): Promise<void> {
  const shape = shapeAt(run.config, step);
  if (sameShape(shape, run.shape)) {
    return;
  }
  const tensors = await run.session.snapshot();
  const data = nextRound(run.stream.state());
  await run.session.release();
  Object.assign(run, await openShaped(run, shape, { tensors, data }));
  run.speed.forwardMs = null;
  run.sink.line(`Rows are ${shape.rows} × ${shape.length} from here on.`);
}
