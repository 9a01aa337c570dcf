import type { CommandKind } from "#server/run-log/contract.ts";
import { labelOf } from "../data/dataset.ts";
import type { Wish } from "./controls.ts";
import { rollBack } from "./roll-back.ts";
import type { Ending, Progress, Run } from "./run.ts";
import { save, saveAtEnd } from "./save-run.ts";
import { stageAt } from "./stage-at.ts";
import { type Steered, steerRate, steerWeights } from "./steering.ts";

/** Carries out what was asked since the last step. A pause lasts until resume, stop or a signal. */
export async function obey(run: Run, progress: Progress): Promise<Ending | null> {
  const { controls, onPause } = run;
  let paused = false;
  for (;;) {
    if (controls.interrupted !== null) {
      await saveAtEnd(run, progress);
      return "interrupted";
    }
    const wish = controls.take();
    if (wish === null && !paused) {
      return null;
    }
    if (wish === null) {
      await controls.arrival();
      continue;
    }
    paused = wish.kind === "pause" || (paused && wish.kind !== "resume" && wish.kind !== "stop");
    onPause(paused);
    acknowledge(run, progress, { wish, ...(await carryOut(run, progress, wish)) });
    if (wish.kind === "stop") {
      return "stopped";
    }
  }
}

type Done = { message: string; data?: Record<string, unknown> };

async function carryOut(run: Run, progress: Progress, wish: Wish): Promise<Done> {
  switch (wish.kind) {
    case "pause":
      return { message: "Paused." };
    case "resume":
      return { message: "Training goes on." };
    case "checkpoint":
      return whole(() => save(run, progress), "Checkpoint written on request.");
    case "stop":
      await saveAtEnd(run, progress);
      return { message: "Stopped after writing a checkpoint." };
    case "rate":
      return steer(progress, steerRate(progress.steering, wish.payload), "a factor above 0");
    case "weights": {
      const datasets = run.stream.drawable();
      const stage = stageAt(run.config, progress.at.step + 1).mix;
      const steered = steerWeights(progress.steering, wish.payload, { datasets, stage });
      const names = new Set(datasets.flatMap((dataset) => [dataset.name, labelOf(dataset)]));
      return steer(progress, steered, `weights for ${[...names].join(", ")}`);
    }
    case "rollback":
      return rollBack(run, progress, wish);
  }
}

/** What cannot be done is acknowledged with the reason, and training goes on as before. */
async function whole(act: () => Promise<void>, message: string): Promise<Done> {
  try {
    await act();
    return { message };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { message: `Not done: ${reason}`, data: { refused: true } };
  }
}

function steer(progress: Progress, steered: Steered | null, wanted: string): Done {
  if (steered === null) {
    return { message: `Not done: send ${wanted}.`, data: { refused: true } };
  }
  progress.steering = steered.steering;
  return steered;
}

/** The event by which the portal knows that its command was obeyed; changes of numbers have a mark of their own. */
const EVENT_KINDS: Partial<Record<CommandKind, "rate" | "data">> = {
  rate: "rate",
  weights: "data",
};

function acknowledge(run: Run, progress: Progress, done: Done & { wish: Wish }): void {
  const { commandId, reason, kind, payload } = done.wish;
  const refused = done.data?.["refused"] === true;
  run.sink.event({
    kind: refused ? "command" : (EVENT_KINDS[kind] ?? "command"),
    step: progress.at.step,
    message: `${done.message} Asked because: ${reason}`.slice(0, 2_000),
    data: { command: { kind, reason, payload }, ...done.data },
    ...(commandId === null ? {} : { commandId }),
  });
}
