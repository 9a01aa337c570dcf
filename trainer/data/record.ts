import { TrainerError } from "../trainer-error.ts";

/** Task numbers as they stand in records (specification of CPM-Ant's data; 7 is this project's own). */
export const TASK_IDS = {
  infill: 0,
  continuation: 1,
  summary: 3,
  qa: 4,
  enToZh: 5,
  zhToEn: 6,
  rewrite: 7,
} as const;

/** The prompt that introduces each task. */
export const SLOTS = {
  infill: 1,
  continuation: 2,
  summary: 3,
  qa: 4,
  enToZh: 5,
  zhToEn: 6,
  rewrite: 7,
} as const satisfies Record<keyof typeof TASK_IDS, number>;

export type Segment = { length: number; type: number; task: number };

/** A training record: `numbers` is the flat array [slot, n, (length, type, task) × n, tokens…] that lies in a shard. */
export type DataRecord = { slot: number; segments: Segment[]; numbers: ArrayLike<number> & object };

const HEAD = 2;
const FIELDS = 3;

/** Lays a record out flat; the tokens of the segments follow each other in their order. */
export function flattenRecord(
  slot: number,
  segments: { type: number; task: number; tokens: ArrayLike<number> }[],
): number[] {
  const head = segments.flatMap(({ tokens, type, task }) => [tokens.length, type, task]);
  return [slot, segments.length, ...head, ...segments.flatMap(({ tokens }) => Array.from(tokens))];
}

/** Reads a flat record, refusing one whose lengths do not add up. */
export function parseRecord(numbers: Uint16Array | Uint32Array | number[]): DataRecord {
  const slot = numbers[0] ?? 0;
  const count = numbers[1] ?? 0;
  const segments: Segment[] = [];
  let total = HEAD + FIELDS * count;
  for (let i = 0; i < count; i += 1) {
    const at = HEAD + FIELDS * i;
    const length = numbers[at] ?? 0;
    segments.push({ length, type: numbers[at + 1] ?? 0, task: numbers[at + 2] ?? 0 });
    total += length;
  }
  if (count === 0 || total !== numbers.length) {
    throw new TrainerError(
      "data",
      `A record of ${numbers.length} numbers announces ${total}: the shard is damaged. Build it again with "data build".`,
    );
  }
  return { slot, segments, numbers };
}

/** The tokens of all segments, in order. */
export function recordTokens({ numbers, segments }: DataRecord): number[] {
  return Array.prototype.slice.call(numbers, HEAD + FIELDS * segments.length);
}
