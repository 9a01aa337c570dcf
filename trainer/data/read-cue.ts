import type { Sample } from "./make-sample.ts";
import type { RecordStore } from "./record-store.ts";

const HEAD = 2;
const PART = 3;

export type CueHead = {
  slot: number;
  task: number;
  lengths: number[];
  segments: number[];
  /** All parts', one after another. */
  tokens: Uint16Array;
};

/** A cue's record as it is written: [slot, parts, (length, type, task) of each, tokens…]. */
export function cueHead(words: Uint16Array): CueHead {
  const [slot = 0, count = 0, , , task = 0] = words;
  const field = (place: number): number[] =>
    Array.from({ length: count }, (_, i) => words[HEAD + PART * i + place] ?? 0);
  return {
    slot,
    task,
    lengths: field(0),
    segments: field(1),
    tokens: words.subarray(HEAD + PART * count),
  };
}

/** A cue's record as a sample: everything is given but the last part, of which only the first token is. */
export function readCue(words: Uint16Array): Sample {
  const { slot, task, lengths, segments, tokens } = cueHead(words);
  const last = lengths.at(-1) ?? 0;
  const begin = tokens.length - last + 1;
  return {
    task,
    slot,
    segment: segments[0] ?? 0,
    tokens: Array.from(tokens),
    hidden: Array.from({ length: Math.max(0, last - 1) }, (_, i) => begin + i),
    parts: lengths.map((length, i) => [length, segments[i] ?? 0]),
  };
}

/** The records that fit in a row beside their prompt; what is longer is skipped, not cut. */
export function fittingCues(store: RecordStore, maxTokens: number): Uint32Array {
  const fitting: number[] = [];
  let record = 0;
  for (const words of store.scan()) {
    if (words.length - HEAD - PART * (words[1] ?? 0) <= maxTokens) {
      fitting.push(record);
    }
    record += 1;
  }
  return Uint32Array.from(fitting);
}
