import { z } from "zod";
import type { NamedTensors } from "../model/parameters.ts";
import { TrainerError } from "../trainer-error.ts";
import { DTYPE_NAMES, type Dtype, roundTensor } from "./round-tensor.ts";

const Entry = z.object({
  dtype: z.string(),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});
const MAX_HEADER = 100 * 1024 * 1024;

/**
 * The safetensors format: header length (u64, little-endian), JSON header padded with spaces to 8 bytes, then the
 * tensors one after another. Checkpoints are F32, exports may be rounded; the metadata is what PyTorch readers look for.
 */
export function encodeSafetensors(tensors: NamedTensors, dtype: Dtype = "fp32"): Buffer {
  const entries: Record<string, unknown> = { __metadata__: { format: "pt" } };
  let end = 0;
  const bodies: Uint8Array[] = [];
  for (const [name, { shape, data }] of tensors) {
    const bytes = roundTensor(data, dtype);
    entries[name] = {
      dtype: DTYPE_NAMES[dtype],
      shape,
      data_offsets: [end, end + bytes.byteLength],
    };
    end += bytes.byteLength;
    bodies.push(bytes);
  }
  const json = JSON.stringify(entries);
  const header = Buffer.from(json.padEnd(json.length + ((8 - (Buffer.byteLength(json) % 8)) % 8)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, ...bodies]);
}

/** Reads F32 tensors; offsets that do not fit their shape or the file are refused by name. */
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
  const tensors: NamedTensors = new Map();
  for (const [name, value] of Object.entries(header)) {
    if (name !== "__metadata__") {
      tensors.set(name, decodeTensor(name, Entry.parse(value), body));
    }
  }
  return tensors;
}

function decodeTensor(
  name: string,
  entry: z.infer<typeof Entry>,
  body: Buffer,
): { shape: number[]; data: Float32Array } {
  const [from, to] = entry.data_offsets;
  const size = entry.shape.reduce((product, dim) => product * dim, 1);
  if (entry.dtype !== "F32" || to - from !== 4 * size || to > body.length) {
    throw new TrainerError(
      "data",
      `The tensor ${name} is ${entry.dtype} of ${to - from} bytes, expected F32 of ${4 * size}. Take another copy of the file.`,
    );
  }
  const own = new Uint8Array(to - from);
  own.set(body.subarray(from, to));
  return { shape: entry.shape, data: new Float32Array(own.buffer) };
}
