import { join } from "node:path";
import type { Checkpoint } from "../checkpoint/read-checkpoint.ts";
import { writeCheckpoint } from "../checkpoint/write-checkpoint.ts";
import { openCorpus } from "../data/open-corpus.ts";
import type { Corpus } from "../data/prepare-corpus.ts";
import { watchDatasets } from "../data/watch-datasets.ts";
import { measurePeak } from "../engine/measure-peak.ts";
import { freshTrainState, type TrainingSession } from "../engine/training-session.ts";
import { readEnv } from "../env.ts";
import { type Controls, createControls } from "../loop/controls.ts";
import { createEnergyMeter } from "../loop/energy-meter.ts";
import { openShaped, shapeAt } from "../loop/open-shaped.ts";
import type { Ending, Run } from "../loop/run.ts";
import { runStages } from "../loop/run-stages.ts";
import type { Speed } from "../loop/train-step.ts";
import { countParameters } from "../model/count-parameters.ts";
import { initParameters } from "../model/parameters.ts";
import { findRecipe } from "../recipes/find-recipe.ts";
import type { RunConfig } from "../recipes/run-config.ts";
import { createConsole } from "../report/console.ts";
import { createJsonlSink } from "../report/jsonl.ts";
import type { Portal } from "../report/portal.ts";
import { fanOut, type Sink } from "../report/sink.ts";
import { claimDirectory } from "./claim-directory.ts";
import { connectPortal } from "./connect-portal.ts";
import { findStart } from "./find-start.ts";
import type { TrainCommand } from "./parse-arguments.ts";

/** How long the last reports may take: little when someone waits for the process to go, more when the run is done. */
const PATIENCE_MS = {
  finished: 120_000,
  stopped: 60_000,
  interrupted: 5_000,
} as const satisfies Record<Ending, number>;

/** The whole of a training: recipe, corpus, checkpoint or fresh weights, the stages, and an orderly end. */
export async function train(command: TrainCommand): Promise<void> {
  const env = readEnv();
  const config = findRecipe(command.recipe, command);
  const directory = command.out ?? join(env.dataDir, "trainer", command.recipe);
  const release = claimDirectory(directory);
  const screen = createConsole(process.stdout, config.steps);
  const controls = createControls();
  let forget = (): void => undefined;
  try {
    const corpus = await openCorpus(config, join(env.dataDir, "corpus"), screen.progress);
    const checkpoint = await findStart({
      directory,
      resume: command.resume,
      config,
      vocabulary: corpus.vocabulary,
      say: screen.say,
    });
    // Until here a signal simply ends the process: nothing is lost by that.
    forget = listenToSignals(controls);
    if ((checkpoint?.state.step ?? 0) >= config.steps) {
      screen.say(`All ${config.steps} steps are done already. Give more --steps to train further.`);
      return;
    }
    const portal = await connectPortal({
      command,
      config,
      directory,
      corpus,
      controls,
      say: screen.say,
      fromStep: checkpoint?.state.step ?? 0,
    });
    const sinks = [
      screen.sink,
      createJsonlSink(directory, { notify: screen.say }),
      ...(portal === null ? [] : [portal.sink]),
    ];
    await trainWith({
      config,
      corpus,
      checkpoint,
      controls,
      directory,
      portal,
      sink: fanOut(sinks),
    });
  } finally {
    forget();
    release();
  }
}

type Parts = {
  config: RunConfig;
  corpus: Corpus;
  checkpoint: Checkpoint | null;
  controls: Controls;
  directory: string;
  portal: Portal | null;
  sink: Sink;
};

async function trainWith(parts: Parts): Promise<void> {
  const { config, corpus, checkpoint, controls, directory, portal, sink } = parts;
  const step = checkpoint?.state.step ?? 0;
  const shaped = await openShaped({ config, corpus }, shapeAt(config, step), {
    tensors: checkpoint?.tensors ?? freshTrainState(initParameters(config.model, config.seed)),
    data: checkpoint?.state.data ?? null,
  });
  const reported = (): ReturnType<Portal["position"]> =>
    portal?.position() ?? { runId: null, attempt: 0, lastBatch: 0 };
  const onPause = (paused: boolean): void => portal?.setPaused(paused);
  announce(parts);
  const speed = await measureSpeed(config, shaped.session);
  const openMeter: Run["openMeter"] = (from) => createEnergyMeter(config.efficiency, from);
  sink.line(explainMeasures(config, speed, openMeter({ joules: 0, ms: 0 }).measured));
  const run: Run = {
    ...shaped,
    config,
    speed,
    corpus,
    watch: watchDatasets({ corpus, model: config.model }),
    sink,
    controls,
    directory: join(directory, "checkpoints"),
    writeCheckpoint,
    openMeter,
    onPause,
    reported,
  };
  let patience: number = PATIENCE_MS.interrupted;
  try {
    const ending = await runStages(run, checkpoint);
    conclude(sink, ending);
    patience = PATIENCE_MS[ending];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    sink.finish("failed", `The training broke off: ${reason}`.slice(0, 2_000));
    throw error;
  } finally {
    await sink.close(patience);
    await run.session.release();
  }
}

async function measureSpeed(config: RunConfig, session: TrainingSession): Promise<Speed> {
  const peakGflops = config.efficiency.peakGflops ?? (await measurePeak(config));
  return { peakGflops, forwardMs: null, optimizerMs: await session.timeOptimizer() };
}

/** What the efficiency figures stand on, said at the beginning of each log. */
function explainMeasures({ efficiency }: RunConfig, speed: Speed, measured: boolean): string {
  const { peakGflops, watts, kgCo2ePerKwh, pricePerKwh, pricePerHour, currency } = efficiency;
  const peak = `${speed.peakGflops.toFixed(0)} Gflop/s (${peakGflops === null ? "measured" : "configured"})`;
  const energy = measured
    ? "energy is read from the processor's counters"
    : `energy is computed from ${watts} W, because no energy counter can be read here`;
  return `MFU is against a peak of ${peak}; ${energy}; ${kgCo2ePerKwh} kg CO2e and ${pricePerKwh} ${currency} a kWh, ${pricePerHour} ${currency} an hour.`;
}

/** The portal marks the beginning of an attempt itself; going on within one is for the trainer to say. */
function announce({ config, checkpoint, sink, portal }: Parts): void {
  const size = `${(countParameters(config.model) / 1e6).toFixed(2)} million parameters`;
  if (checkpoint === null) {
    sink.line(`Training begins: ${config.name}, ${size}, ${config.steps} steps planned.`);
    return;
  }
  const { step } = checkpoint.state;
  const message = `Training goes on from the checkpoint of step ${step}.`;
  if (portal?.newAttempt === true) {
    sink.line(message);
  } else {
    sink.event({ kind: "restart", step, message });
  }
}

function conclude(sink: Sink, ending: Ending): void {
  if (ending === "finished") {
    sink.finish("finished", "All planned steps are done.");
  } else if (ending === "stopped") {
    sink.finish("stopped", "Stopped on request; a checkpoint was written.");
  } else {
    sink.line("Interrupted: a checkpoint was written; --resume goes on from it.");
  }
}

function listenToSignals(controls: Controls): () => void {
  const onSignal = (signal: string): void => controls.interrupt(signal);
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
  return () => {
    process.off("SIGTERM", onSignal);
    process.off("SIGINT", onSignal);
  };
}
