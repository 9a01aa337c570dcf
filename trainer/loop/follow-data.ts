import type { CheckpointState } from "../checkpoint/checkpoint-state.ts";
import type { Dataset } from "../data/dataset.ts";
import { isDrawable, mixInForce } from "../data/draw-weights.ts";
import { TrainerError } from "../trainer-error.ts";
import { openHeldOut } from "./open-shaped.ts";
import type { Progress, Run } from "./run.ts";
import { stageAt } from "./stage-at.ts";

/** An event's message has an upper bound at the portal. */
const LONGEST_MESSAGE = 2_000;

/** Takes up what has changed in `datasets.json` since the last step, or says why it cannot be taken. */
export function followData(run: Run, progress: Progress): void {
  const { step } = progress.at;
  const change = run.watch((train) => refusal(run, progress, train));
  if (change === null) {
    return;
  }
  if (change.kind === "refused") {
    const message = `The changed datasets.json was not taken: ${change.message} Training goes on with the data as before.`;
    run.sink.event({ kind: "note", step, message: message.slice(0, LONGEST_MESSAGE) });
    return;
  }
  run.corpus = { ...run.corpus, train: change.train, heldOut: change.heldOut };
  run.stream.replace(change.train);
  run.heldOut = openHeldOut(run, run.shape);
  const message = `The data have changed from the next batch on: ${change.message}.`;
  run.sink.event({
    kind: "data",
    step,
    message: message.slice(0, LONGEST_MESSAGE),
    data: { weights: weightsOf(change.train) },
  });
}

/** A mix must always have something to draw: now, and in every stage that is still to come. */
function refusal({ config }: Run, { at, steering }: Progress, train: Dataset[]): string | null {
  const datasets = train.map((dataset) => ({ ...dataset, samples: dataset.store.count }));
  const now = stageAt(config, at.step + 1);
  const ahead = config.stages.slice(config.stages.indexOf(now));
  const empty = ahead.find(
    ({ mix }) => !isDrawable(datasets, mixInForce(mix, steering.weights, datasets)),
  );
  if (empty === undefined) {
    return null;
  }
  const names = [...new Set(train.filter(({ weight }) => weight > 0).map(({ name }) => name))];
  return `the stage "${empty.name}" ${steering.weights === null ? "" : "and the weights that a command set "}would have nothing to draw; there is ${names.join(", ") || "nothing"}.`;
}

/** A run that would stand without data in a later stage does not begin. */
export function checkStages(run: Run, progress: Progress): void {
  const reason = refusal(run, progress, run.corpus.train);
  if (reason !== null) {
    throw new TrainerError(
      "data",
      `With this corpus ${reason} Change the recipe's mix, or the weights in the corpus's datasets.json.`,
    );
  }
}

function weightsOf(datasets: { key: string; weight: number }[]): Record<string, number> {
  return Object.fromEntries(datasets.map(({ key, weight }) => [key, weight]));
}

/** Says what was changed in `datasets.json` between a checkpoint and the start that goes on from it. */
export function tellDataSince(run: Run, state: CheckpointState): void {
  const now = weightsOf(run.stream.drawable());
  const then = Object.entries(state.data.sources).flatMap(([key, { weight }]) =>
    weight === undefined ? [] : [[key, weight] as const],
  );
  const changed = then
    .filter(([key, weight]) => weight !== (now[key] ?? null))
    .map(([key, weight]) => `${key}: weight ${weight ?? "none"} → ${now[key] ?? "none"}`);
  const added = Object.keys(now).filter(
    (key) => then.length > 0 && !then.some(([old]) => old === key),
  );
  const all = [...changed, ...added.map((key) => `${key}: added with weight ${now[key]}`)];
  if (all.length > 0) {
    run.sink.event({
      kind: "data",
      step: state.step,
      message: `The data differ from those of the checkpoint: ${all.join("; ")}.`.slice(
        0,
        LONGEST_MESSAGE,
      ),
      data: { weights: now },
    });
  }
}
