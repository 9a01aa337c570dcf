// The binary form of one logged batch, as RunMessage.payload holds it: written once by the reporting API, read by
// the live hub (all of it) and by the metric store (some keys). Columns, because batches are columns on the wire too:
//   [version] [rows] [steps] [times] [keys] then per key: [name's bytes] [name] [points] [rows present] [values]
// `rows present` is a bitmap, left out when the key has a value in every row. Values are plain float64, so that a
// reader can skip a key without decoding it; NaN and ±Infinity are kept.
import { readAxis, writeAxis } from "./axis-column.ts";
import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import type { WireNumber } from "./contract.ts";
import { toWire } from "./wire-number.ts";

const VERSION = 1;

/** A batch as it stands on the wire: `series[key][i]` belongs to `steps[i]` and `times[i]`, null where there is none. */
export type BatchColumns = {
  steps: ArrayLike<number>;
  times: ArrayLike<number>;
  series: Record<string, ArrayLike<WireNumber | null>>;
};

/** Points of one key: `rows[i]` says which step and time `values[i]` belongs to; rows rise. */
export type PackedColumn = { rows: Uint32Array; values: Float64Array };

export type UnpackedBatch = {
  steps: Float64Array;
  times: Float64Array;
  columns: Map<string, PackedColumn>;
};

/** The batch as it goes to browsers. */
export type WireBatch = {
  steps: number[];
  times: number[];
  series: Record<string, (WireNumber | null)[]>;
};

/** The number of points in the batch, and the keys that have any. */
export function countPoints(batch: BatchColumns): { points: number; keys: string[] } {
  let points = 0;
  const keys: string[] = [];
  for (const [key, column] of Object.entries(batch.series)) {
    const present = countPresent(column);
    if (present > 0) {
      keys.push(key);
    }
    points += present;
  }
  return { points, keys };
}

function countPresent(column: ArrayLike<WireNumber | null>): number {
  let present = 0;
  for (let row = 0; row < column.length; row++) {
    if (column[row] !== null && column[row] !== undefined) {
      present += 1;
    }
  }
  return present;
}

/** Packs a batch; keys without a point are left out. Every column must be as long as `steps`. */
export function packBatch(batch: BatchColumns): Buffer {
  const rows = batch.steps.length;
  const out = new ByteWriter();
  out.byte(VERSION);
  out.varint(rows);
  writeAxis(out, Float64Array.from(batch.steps));
  writeAxis(out, Float64Array.from(batch.times));
  const { keys } = countPoints(batch);
  out.varint(keys.length);
  for (const key of keys) {
    writeColumn(out, key, batch.series[key] ?? []);
  }
  return out.finish();
}

function writeColumn(out: ByteWriter, key: string, column: ArrayLike<WireNumber | null>): void {
  const name = Buffer.from(key, "utf8");
  const rows = column.length;
  const values = new Float64Array(rows);
  const bitmap = new Uint8Array((rows + 7) >> 3);
  let present = 0;
  for (let row = 0; row < rows; row++) {
    const value = column[row];
    if (value !== null && value !== undefined) {
      // Number("NaN") and Number("Infinity") are the numbers that the words name.
      values[present++] = typeof value === "number" ? value : Number(value);
      bitmap[row >> 3] = (bitmap[row >> 3] as number) | (1 << (row & 7));
    }
  }
  out.varint(name.length);
  out.append(name);
  out.varint(present);
  if (present < rows) {
    out.append(bitmap);
  }
  out.append(new Uint8Array(values.buffer, 0, present * 8));
}

/** Unpacks a batch; with `wanted`, only those keys. Throws a RangeError when the bytes are damaged. */
export function unpackBatch(payload: Uint8Array, wanted?: ReadonlySet<string>): UnpackedBatch {
  const source = new ByteReader(payload);
  const version = source.byte();
  if (version !== VERSION) {
    throw new RangeError(`A logged batch has version ${version}; this portal reads ${VERSION}.`);
  }
  const rows = source.varint();
  const steps = readAxis(source, rows);
  const times = readAxis(source, rows);
  const columns = new Map<string, PackedColumn>();
  for (let left = source.varint(); left > 0; left--) {
    const name = source.take(source.varint());
    const key = Buffer.from(name.buffer, name.byteOffset, name.length).toString("utf8");
    const column = readColumn(source, rows, wanted === undefined || wanted.has(key));
    if (column !== null) {
      columns.set(key, column);
    }
  }
  return { steps, times, columns };
}

function readColumn(source: ByteReader, rows: number, decode: boolean): PackedColumn | null {
  const present = source.varint();
  const bitmap = present < rows ? source.take((rows + 7) >> 3) : null;
  const bytes = source.take(present * 8);
  if (!decode) {
    return null;
  }
  const values = new Float64Array(present);
  new Uint8Array(values.buffer).set(bytes);
  const presentRows = new Uint32Array(present);
  let filled = 0;
  for (let row = 0; row < rows && filled < present; row++) {
    if (bitmap === null || ((bitmap[row >> 3] as number) & (1 << (row & 7))) !== 0) {
      presentRows[filled++] = row;
    }
  }
  return { rows: presentRows, values };
}

/** Unpacks a batch into the form that browsers receive; columns are as long as `steps` again. */
export function unpackForWire(payload: Uint8Array): WireBatch {
  const { steps, times, columns } = unpackBatch(payload);
  const series = [...columns].map(([key, column]): [string, (WireNumber | null)[]] => {
    const values = new Array<WireNumber | null>(steps.length).fill(null);
    column.rows.forEach((row, index) => {
      values[row] = toWire(column.values[index] as number);
    });
    return [key, values];
  });
  // fromEntries makes own properties, so that a key named __proto__ stays a key.
  return { steps: Array.from(steps), times: Array.from(times), series: Object.fromEntries(series) };
}
