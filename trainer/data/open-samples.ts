import { cutPieces } from "./cut-pieces.ts";
import type { Dataset } from "./dataset.ts";
import { makeSample, type Sample } from "./make-sample.ts";
import type { RowShape } from "./pack-rows.ts";
import type { Random } from "./random.ts";
import { fittingCues, readCue } from "./read-cue.ts";

/** A dataset cut to samples that fit in rows of a shape. */
export type Samples = { count: number; make(index: number, random: Random): Sample };

/** Text is cut in pieces; a cue that is too long for a row is left out. */
export function openSamples({ key, task, store }: Dataset, shape: RowShape): Samples {
  const room = shape.length - shape.promptLength;
  if (task !== "plain") {
    const fitting = fittingCues(store, room);
    return {
      count: fitting.length,
      make: (index) => {
        const record = fitting[index] ?? 0;
        return { ...readCue(store.read(record)), id: `${key}#${record}` };
      },
    };
  }
  const { record, from, to } = cutPieces(store, room - 2);
  return {
    count: record.length,
    make: (index, random) => {
      const [document = 0, begin = 0] = [record[index], from[index]];
      const piece = store.read(document, begin, to[index]);
      return { ...makeSample(piece, random), id: `${key}#${document}+${begin}` };
    },
  };
}
