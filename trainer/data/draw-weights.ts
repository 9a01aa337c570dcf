import { type Dataset, labelOf } from "./dataset.ts";

/**
 * Shares of the draws by name; they need not add up to one. A key "task.name" does not share but multiplies the weight of
 * those datasets, for example {"qa.chinese": 2}.
 */
export type Mix = Record<string, number>;

export type Weighted = Pick<Dataset, "name" | "task" | "weight"> & { samples: number };

/**
 * How the draws are spread: the mix says each name's share; within a name a dataset counts weight × samples. A dataset of
 * weight 0 is never drawn, whatever the mix says.
 */
export function drawWeights(datasets: Weighted[], mix: Mix): number[] {
  const own = datasets.map(
    (dataset) => dataset.weight * dataset.samples * (mix[labelOf(dataset)] ?? 1),
  );
  const sums = new Map<string, number>();
  for (const [i, { name }] of datasets.entries()) {
    sums.set(name, (sums.get(name) ?? 0) + (own[i] ?? 0));
  }
  return datasets.map(({ name }, i) => {
    const sum = sums.get(name) ?? 0;
    return sum === 0 ? 0 : ((mix[name] ?? 0) * (own[i] ?? 0)) / sum;
  });
}

/**
 * The mix that is in force. A command's weights stand in the place of the stage's; if they name tasks only, the stage's
 * shares remain. A name that the stage does not know, of a file that was added, shares with the sum of its own weights.
 */
export function mixInForce(stage: Mix, command: Mix | null, datasets: Weighted[]): Mix {
  const names = new Set(datasets.map(({ name }) => name));
  if (command !== null && Object.keys(command).some((key) => names.has(key))) {
    return command;
  }
  const added: Mix = {};
  for (const { name, weight } of datasets) {
    if (stage[name] === undefined) {
      added[name] = (added[name] ?? 0) + weight;
    }
  }
  return { ...added, ...stage, ...command };
}

/** Whether anything can be drawn at all. */
export function isDrawable(datasets: Weighted[], mix: Mix): boolean {
  return drawWeights(datasets, mix).some((weight) => weight > 0);
}
