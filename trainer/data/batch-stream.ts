import { z } from "zod";
import type { Batch } from "../model/batch.ts";
import { TrainerError } from "../trainer-error.ts";
import type { Dataset } from "./dataset.ts";
import { drawWeights, type Mix } from "./draw-weights.ts";
import { openSamples, type Samples } from "./open-samples.ts";
import { type OpenRow, placeSample, type RowShape, rowsToBatch } from "./pack-rows.ts";
import { Random } from "./random.ts";

const Word = z.int();
const OpenRowState = z.object({
  used: z.int(),
  samples: z.array(
    z.object({
      task: z.int(),
      slot: z.int(),
      segment: z.int(),
      tokens: z.array(z.int()),
      hidden: z.array(z.int()),
      parts: z.array(z.tuple([z.int(), z.int()])).optional(),
      id: z.string().optional(),
    }),
  ),
});

/**
 * Where a dataset stands: the seed of its orders, its round, how many samples of the round are drawn, and of how many;
 * null where an older state does not know that.
 */
const Place = z.object({
  seed: z.int(),
  epoch: z.int(),
  index: z.int(),
  samples: z.int().nullable(),
  /** Its weight in the file, null when it is not drawn from; absent in older states. */
  weight: z.number().nullable().optional(),
});
type Place = z.infer<typeof Place>;

/** Where the data stand: with it a new stream gives the very batches that this one would have given. */
export const DataState = z.object({
  random: z.tuple([Word, Word, Word, Word]),
  /** By the dataset's key; one that is not there any more keeps its place for when it comes back. */
  sources: z.record(z.string(), Place),
  open: z.array(OpenRowState),
});
export type DataState = z.infer<typeof DataState>;

export type BatchStream = {
  next(mix: Mix): Batch;
  state(): DataState;
  /** Draws from these datasets from the next batch on. What stays goes on where it stood. */
  replace(datasets: Dataset[]): void;
  /** What can be drawn, with the number of samples that fit in a row. */
  drawable(): {
    key: string;
    name: string;
    task: Dataset["task"];
    weight: number;
    samples: number;
  }[];
};

type Cursor = Dataset & { own: Samples; order: Uint32Array; place: Place };

export type BatchStreamOptions = {
  datasets: Dataset[];
  shape: RowShape;
  seed: number;
  state?: DataState;
};

/** An endless stream of packed batches, drawn from the datasets by the mix; each is reshuffled every round. */
export function createBatchStream({
  datasets,
  shape,
  seed,
  state,
}: BatchStreamOptions): BatchStream {
  const random = state === undefined ? Random.fromSeed(seed) : new Random(state.random);
  const places = new Map(Object.entries(structuredClone(state?.sources ?? {})));
  const open: OpenRow[] = structuredClone(state?.open ?? []);
  let cursors: Cursor[] = [];
  const replace = (wanted: Dataset[]): void => {
    for (const place of places.values()) {
      place.weight = null;
    }
    cursors = wanted.flatMap((dataset) => openCursor(dataset, { shape, seed, places }));
    if (cursors.length === 0) {
      throw new TrainerError(
        "data",
        "No dataset has a sample that fits in a row: text needs 32 tokens or more. Give it more text or longer rows.",
      );
    }
  };
  replace(datasets);
  return {
    next(mix) {
      const weights = drawWeights(described(cursors), mix);
      for (;;) {
        const cursor = choose(cursors, weights, random);
        if (cursor === undefined) {
          throw new TrainerError(
            "data",
            `The mix ${JSON.stringify(mix)} names none of the sources. Name at least one with a weight above 0.`,
          );
        }
        const rows = placeSample(open, nextSample(cursor, random), shape);
        if (rows !== null) {
          return rowsToBatch(rows, shape);
        }
      }
    },
    state: () => ({
      random: random.state(),
      sources: structuredClone(Object.fromEntries(places)),
      open: structuredClone(open),
    }),
    replace,
    drawable: () => described(cursors),
  };
}

function described(cursors: Cursor[]): ReturnType<BatchStream["drawable"]> {
  return cursors.map(({ key, name, task, weight, own }) => ({
    key,
    name,
    task,
    weight,
    samples: own.count,
  }));
}

type Opening = { shape: RowShape; seed: number; places: Map<string, Place> };

/** None where no sample fits. A dataset with another number of samples than it had begins its next round. */
function openCursor(dataset: Dataset, { shape, seed, places }: Opening): Cursor[] {
  const own = openSamples(dataset, shape);
  if (own.count === 0) {
    return [];
  }
  const known = places.get(dataset.key);
  const place: Place = known ?? {
    seed: seedOf(dataset.key, seed),
    epoch: 0,
    index: 0,
    samples: null,
  };
  if (place.samples !== null && place.samples !== own.count) {
    Object.assign(place, { epoch: place.epoch + 1, index: 0 });
  }
  place.samples = own.count;
  place.weight = dataset.weight;
  places.set(dataset.key, place);
  return [{ ...dataset, own, place, order: shuffle(own.count, place) }];
}

/** A seed by the dataset's key alone: others that come and go do not change its order. */
function seedOf(key: string, seed: number): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(key)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return seed + (hash >>> 0);
}

function shuffle(length: number, { seed, epoch }: Place): Uint32Array {
  return Random.fromSeed(seed + 104_729 * epoch).permutation(length);
}

function nextSample(cursor: Cursor, random: Random): ReturnType<Samples["make"]> {
  const { own, place } = cursor;
  if (place.index >= own.count) {
    Object.assign(place, { epoch: place.epoch + 1, index: 0 });
    cursor.order = shuffle(own.count, place);
  }
  const index = cursor.order[place.index] ?? 0;
  place.index += 1;
  return own.make(index, random);
}

/** Undefined when nothing can be drawn. */
function choose(cursors: Cursor[], weights: number[], random: Random): Cursor | undefined {
  let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [i, cursor] of cursors.entries()) {
    left -= weights[i] ?? 0;
    if (left < 0) {
      return cursor;
    }
  }
  return cursors.findLast((_, i) => (weights[i] ?? 0) > 0);
}
