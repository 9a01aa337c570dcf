import { z } from "zod";
import type { Batch } from "../model/batch.ts";
import { TrainerError } from "../trainer-error.ts";
import { cutPieces, type Piece, type TokenStore } from "./cut-pieces.ts";
import { makeSample } from "./make-sample.ts";
import { type OpenRow, placeSample, type RowShape, rowsToBatch } from "./pack-rows.ts";
import { Random } from "./random.ts";

/** Weights by source name; they need not add up to one. */
export type Mix = Record<string, number>;

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
    }),
  ),
});

/** Where the data stand: with it a new stream gives the very batches that this one would have given. */
export const DataState = z.object({
  random: z.tuple([Word, Word, Word, Word]),
  sources: z.record(z.string(), z.object({ epoch: z.int(), index: z.int() })),
  open: z.array(OpenRowState),
});
export type DataState = z.infer<typeof DataState>;

export type BatchStream = { next(mix: Mix): Batch; state(): DataState };

type SourceCursor = {
  name: string;
  store: TokenStore;
  pieces: Piece[];
  order: Uint32Array;
  epoch: number;
  index: number;
};

export type BatchStreamOptions = {
  sources: Map<string, TokenStore>;
  shape: RowShape;
  seed: number;
  state?: DataState;
};

/** An endless stream of packed batches, drawn from the sources by the mix; each source is reshuffled every epoch. */
export function createBatchStream({
  sources,
  shape,
  seed,
  state,
}: BatchStreamOptions): BatchStream {
  const random = state === undefined ? Random.fromSeed(seed) : new Random(state.random);
  const cursors = [...sources].map(([name, store], i) => {
    const at = state?.sources[name] ?? { epoch: 0, index: 0 };
    return openCursor({ name, store, shape, seed: seed + 7919 * (i + 1) }, at);
  });
  const open: OpenRow[] = structuredClone(state?.open ?? []);
  return {
    next(mix) {
      for (;;) {
        const cursor = chooseSource(cursors, mix, random);
        const rows = placeSample(open, makeSample(nextPiece(cursor), random), shape);
        if (rows !== null) {
          return rowsToBatch(rows, shape);
        }
      }
    },
    state: () => ({
      random: random.state(),
      sources: Object.fromEntries(
        cursors.map(({ name, epoch, index }) => [name, { epoch, index }]),
      ),
      open: structuredClone(open),
    }),
  };
}

type CursorOptions = { name: string; store: TokenStore; shape: RowShape; seed: number };
type SeededCursor = SourceCursor & { seed: number };

function openCursor(
  { name, store, shape, seed }: CursorOptions,
  at: { epoch: number; index: number },
): SeededCursor {
  const pieces = cutPieces(store, shape.length - shape.promptLength - 2);
  if (pieces.length === 0) {
    throw new TrainerError(
      "data",
      `The source "${name}" has no piece of 32 tokens or more. Give it more text or take it out of the recipe.`,
    );
  }
  return { name, store, pieces, seed, order: shuffle(pieces.length, seed, at.epoch), ...at };
}

function shuffle(length: number, seed: number, epoch: number): Uint32Array {
  return Random.fromSeed(seed + 104_729 * epoch).permutation(length);
}

function nextPiece(cursor: SeededCursor): Uint16Array {
  if (cursor.index >= cursor.order.length) {
    cursor.epoch += 1;
    cursor.index = 0;
    cursor.order = shuffle(cursor.pieces.length, cursor.seed, cursor.epoch);
  }
  const piece = cursor.pieces[cursor.order[cursor.index] ?? 0];
  cursor.index += 1;
  return cursor.store.tokens.subarray(piece?.from ?? 0, piece?.to ?? 0);
}

function chooseSource(cursors: SeededCursor[], mix: Mix, random: Random): SeededCursor {
  const weights = cursors.map(({ name }) => mix[name] ?? 0);
  let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [i, cursor] of cursors.entries()) {
    left -= weights[i] ?? 0;
    if (left < 0) {
      return cursor;
    }
  }
  throw new TrainerError(
    "data",
    `The mix ${JSON.stringify(mix)} names none of the sources. Name at least one with a weight above 0.`,
  );
}
