import type { numpy as np } from "@jax-js/jax";

/** Weights by native name, while a function over them is traced or run. */
export type ParameterTree = { [name: string]: np.Array };

/** The weight of that name. It is borrowed: each use takes its own reference. */
export function weight(parameters: ParameterTree, name: string): np.Array {
  const array = parameters[name];
  if (array === undefined) {
    throw new Error(
      `There is no weight "${name}": load a checkpoint whose config.json belongs to its weights.`,
    );
  }
  return array;
}
