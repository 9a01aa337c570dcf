import { z } from "zod";
import type { NamedTensors } from "../model/parameters.ts";
import { TrainerError } from "../trainer-error.ts";
import { isQuantized, quantizeRows, restoreRows } from "./int8-rows.ts";
import { DTYPE_NAMES, type Dtype, roundTensor } from "./round-tensor.ts";
import { widenTensor } from "./widen-tensor.ts";

const Entry = z.object({
  dtype: z.string(),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});
type Entry = z.infer<typeof Entry>;
const MAX_HEADER = 100 * 1024 * 1024;

type Body = { dtype: "F32" | "F16" | "BF16" | "I8"; shape: number[]; bytes: Uint8Array };

/** What follows the name of a matrix in bytes: the steps of its rows. */
const SCALES = "_scale";

/** Checkpoints are F32, exports may be rounded; the metadata is what PyTorch readers look for. */
export function encodeSafetensors(tensors: NamedTensors, dtype: Dtype = "fp32"): Buffer {
  return pack(
    [...tensors].map(([name, { shape, data }]) => [
      name,
      { dtype: DTYPE_NAMES[dtype], shape, bytes: roundTensor(data, dtype) },
    ]),
  );
}

/** The linear maps in bytes with a step for each row (`NAME_scale`), everything else in half precision. */
export function encodeInt8(tensors: NamedTensors): Buffer {
  const bodies = [...tensors].flatMap(([name, tensor]): [string, Body][] => {
    const { shape, data } = tensor;
    if (!isQuantized(name, tensor)) {
      return [[name, { dtype: "F16", shape, bytes: roundTensor(data, "fp16") }]];
    }
    const { values, scales } = quantizeRows(tensor);
    const bytes = new Uint8Array(values.buffer);
    const steps = roundTensor(scales, "fp16");
    return [
      [name, { dtype: "I8", shape, bytes }],
      [`${name}${SCALES}`, { dtype: "F16", shape: [scales.length], bytes: steps }],
    ];
  });
  return pack(bodies);
}

/**
 * The safetensors format: header length (u64, little-endian), JSON header padded with spaces to 8 bytes, then the
 * tensors one after another, those of wider numbers first so that each begins at a multiple of its number's size.
 */
function pack(tensors: [string, Body][]): Buffer {
  const width = ({ dtype }: Body) => (dtype === "F32" ? 4 : dtype === "I8" ? 1 : 2);
  const sorted = tensors.toSorted(([, a], [, b]) => width(b) - width(a));
  const entries: Record<string, unknown> = { __metadata__: { format: "pt" } };
  let end = 0;
  for (const [name, { dtype, shape, bytes }] of sorted) {
    entries[name] = { dtype, shape, data_offsets: [end, end + bytes.byteLength] };
    end += bytes.byteLength;
  }
  const json = JSON.stringify(entries);
  const header = Buffer.from(json.padEnd(json.length + ((8 - (Buffer.byteLength(json) % 8)) % 8)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, ...sorted.map(([, { bytes }]) => bytes)]);
}

/** Reads tensors of every format written here, as single precision; offsets that do not fit their shape or the file are refused by name. */
export function decodeSafetensors(bytes: Buffer): NamedTensors {
  const length = bytes.length < 8 ? 0 : Number(bytes.readBigUInt64LE(0));
  if (length === 0 || length > MAX_HEADER || 8 + length > bytes.length) {
    throw new TrainerError(
      "data",
      "This is not a safetensors file, or it is cut short. Take another copy.",
    );
  }
  const header = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(bytes.toString("utf8", 8, 8 + length)));
  const body = bytes.subarray(8 + length);
  const stored = new Map<string, Entry>();
  for (const [name, value] of Object.entries(header)) {
    if (name !== "__metadata__") {
      stored.set(name, Entry.parse(value));
    }
  }
  const tensors: NamedTensors = new Map();
  for (const [name, { shape }] of stored) {
    const owner = name.endsWith(SCALES) ? stored.get(name.slice(0, -SCALES.length)) : undefined;
    if (owner?.dtype !== "I8") {
      tensors.set(name, { shape, data: readValues(name, stored, body) });
    }
  }
  return tensors;
}

function readValues(name: string, stored: Map<string, Entry>, body: Buffer): Float32Array {
  const bytes = readBytes(name, stored, body);
  const { dtype } = stored.get(name) ?? {};
  if (dtype === "I8") {
    const scales = readValues(`${name}${SCALES}`, stored, body);
    return restoreRows({ values: new Int8Array(new Uint8Array(bytes).buffer), scales });
  }
  return widenTensor(bytes, dtype === "F16" ? "fp16" : dtype === "BF16" ? "bf16" : "fp32");
}

const BYTES: Record<string, number> = { F32: 4, F16: 2, BF16: 2, I8: 1 };

function readBytes(name: string, stored: Map<string, Entry>, body: Buffer): Uint8Array {
  const entry = stored.get(name);
  const [from, to] = entry?.data_offsets ?? [0, 0];
  const size = entry?.shape.reduce((product, dim) => product * dim, 1) ?? 0;
  const expected = size * (BYTES[entry?.dtype ?? ""] ?? Number.NaN);
  if (to - from !== expected || to > body.length) {
    throw new TrainerError(
      "data",
      `The tensor ${name} is ${entry?.dtype ?? "not there"} of ${to - from} bytes, expected ${expected}: F32, F16, BF16 or I8 with scales. Take another copy of the file.`,
    );
  }
  return body.subarray(from, to);
}
