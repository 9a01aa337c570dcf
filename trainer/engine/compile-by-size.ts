import type { Compiled, Device } from "./device.ts";
import type { Traceable } from "./train-step.ts";

export type CompiledBySize<T> = {
  /** Compiles the usual form ahead of its first use. */
  prepare(): Promise<void>;
  /** The form that takes this many targets. */
  forTargets(targets: number): Promise<{ compiled: Compiled<T>; capacity: number }>;
  release(): Promise<void>;
};

/**
 * Shapes are fixed when a step is compiled, but the number of targets varies. One form takes targets at up
 * to half of the positions, which batches of packed samples hardly ever exceed; the other takes them
 * everywhere and is compiled when a batch first needs it. Which one runs depends on the batch alone, so
 * that a resumed training computes the same bits.
 */
export function compileBySize<T>(
  device: Device<T>,
  positions: number,
  make: (capacity: number) => Traceable,
): CompiledBySize<T> {
  const usual = Math.ceil(positions / 2);
  const forms = new Map<number, Promise<Compiled<T>>>();
  const compile = (capacity: number): Promise<Compiled<T>> => {
    let form = forms.get(capacity);
    if (form === undefined) {
      const { fn, inputs } = make(capacity);
      form = device.compile(fn, inputs);
      forms.set(capacity, form);
    }
    return form;
  };
  return {
    async prepare() {
      await compile(usual);
    },
    async forTargets(targets) {
      const capacity = targets <= usual ? usual : positions;
      return { compiled: await compile(capacity), capacity };
    },
    async release() {
      for (const form of forms.values()) {
        await (await form).release();
      }
    },
  };
}
