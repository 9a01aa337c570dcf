import type { Sample } from "./make-sample.ts";
import type { RecordStore } from "./record-store.ts";

const HEAD = 2;
const PART = 3;

/** Words of a cue's record that stand before its tokens. */
function headLength(parts: number): number {
  return HEAD + PART * parts;
}

/**
 * A cue's record [slot, parts, (length, type, task) of each, tokens…] as a sample: everything is given but the last part,
 * of which only the first token is.
 */
export function readCue(words: Uint16Array): Sample {
  const [slot = 0, count = 0] = words;
  const parts = Array.from({ length: count }, (_, i): [number, number] => [
    words[HEAD + PART * i] ?? 0,
    words[HEAD + PART * i + 1] ?? 0,
  ]);
  const tokens = Array.from(words.subarray(headLength(count)));
  const last = parts.at(-1)?.[0] ?? 0;
  const begin = tokens.length - last + 1;
  return {
    task: words[HEAD + 2] ?? 0,
    slot,
    segment: parts[0]?.[1] ?? 0,
    tokens,
    hidden: Array.from({ length: Math.max(0, last - 1) }, (_, i) => begin + i),
    parts,
  };
}

/** The records that fit in a row beside their prompt; what is longer is skipped, not cut. */
export function fittingCues(store: RecordStore, maxTokens: number): Uint32Array {
  const fitting: number[] = [];
  for (let record = 0; record < store.count; record += 1) {
    const [, parts = 0] = store.read(record, 0, HEAD);
    if (store.length(record) - headLength(parts) <= maxTokens) {
      fitting.push(record);
    }
  }
  return Uint32Array.from(fitting);
}
