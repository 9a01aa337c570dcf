import type { Batch } from "../model/batch.ts";
import { countTargets } from "../model/collect-targets.ts";
import { parameterShapes } from "../model/parameters.ts";
import { compileBySize } from "./compile-by-size.ts";
import type { Compiled, Device } from "./device.ts";
import { accumulateStep, applyStep } from "./train-step.ts";
import type { TrainingSessionOptions } from "./training-contract.ts";

/** What a batch contributed: its loss, and task sums followed by task counts. */
export type Part = { share: number; loss: number; tasks: number[] };

export type Accumulation<T> = {
  /** Sums the gradients of the batches, each weighed by its share of all targets. */
  sum(parameters: T[], batches: Batch[]): Promise<Part[]>;
  /** Clips the sum and applies AdamW; returns the new state and then the norm. */
  apply(state: T[], scalars: T, into: T[]): Promise<T[]>;
  release(): Promise<void>;
};

type Tools<T> = {
  device: Device<T>;
  options: Omit<TrainingSessionOptions, "state">;
  put: (batch: Batch, capacity: number) => T[];
  take: (tensors: T[]) => number[];
};

/** Gradients over several batches before one step; compiled when first needed, with two sets of sums in turn. */
export function createAccumulation<T>({ device, options, put, take }: Tools<T>): Accumulation<T> {
  const shapes = [...parameterShapes(options.config).values()];
  const sums = compileBySize(device, options.rows * options.length, (targets) =>
    accumulateStep({ ...options, targets }),
  );
  let apply: Promise<Compiled<T>> | null = null;
  let current: T[] = [];
  let spare: T[] = [];

  const add = async (
    parameters: T[],
    batch: Batch,
    at: { keep: boolean; share: number },
  ): Promise<Part> => {
    const { compiled, capacity } = await sums.forTargets(countTargets(batch));
    const scalars = Float32Array.of(at.keep ? 1 : 0, at.share);
    const args = [...put(batch, capacity), device.put(scalars, [2])];
    const outputs = await compiled.run([...parameters, ...current, ...args], spare);
    [current, spare] = [outputs.slice(0, shapes.length), current];
    const [loss = Number.NaN, ...tasks] = take(outputs.slice(shapes.length));
    for (const tensor of args) {
      device.free(tensor);
    }
    return { share: at.share, loss, tasks };
  };

  return {
    async sum(parameters, batches) {
      if (current.length === 0) {
        [current, spare] = [0, 1].map(() => shapes.map((shape) => device.empty(shape))) as [
          T[],
          T[],
        ];
      }
      const counted = batches.map((batch) => ({ batch, targets: countTargets(batch) }));
      const total = counted.reduce((sum, { targets }) => sum + targets, 0);
      const parts: Part[] = [];
      // A batch without a target has no loss and no gradient.
      for (const { batch, targets } of counted.filter((one) => one.targets > 0)) {
        parts.push(
          await add(parameters, batch, { keep: parts.length > 0, share: targets / total }),
        );
      }
      return parts;
    },
    async apply(state, scalars, into) {
      const { fn, inputs } = applyStep(options.config, options.optimizer);
      apply ??= device.compile(fn, inputs);
      return (await apply).run(
        [...state, ...(current.length > 0 ? current : state.slice(0, shapes.length)), scalars],
        into,
      );
    },
    async release() {
      for (const tensor of [...current, ...spare]) {
        device.free(tensor);
      }
      await sums.release();
      await (await apply)?.release();
    },
  };
}
