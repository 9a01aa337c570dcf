import { mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import { type Model, readModel } from "../checkpoint/read-model.ts";
import { exceedsFp16 } from "../checkpoint/round-tensor.ts";
import { encodeInt8, encodeSafetensors } from "../checkpoint/safetensors.ts";
import {
  formatHuggingFaceConfig,
  huggingFaceConfigs,
  toHuggingFace,
} from "../checkpoint/to-hugging-face.ts";
import { formatVocabulary } from "../tokenizer/vocabulary.ts";
import { TrainerError } from "../trainer-error.ts";
import type { ExportCommand } from "./parse-arguments.ts";

/** Writes a checkpoint's model for other programs and returns what was written, in one sentence. */
export async function exportCheckpoint(options: ExportCommand): Promise<string> {
  const model = await readModel(options.checkpoint);
  const files = FILES[options.format](model, options);
  await mkdir(options.out, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) {
    await writeWhole(join(options.out, name), bytes);
  }
  return `Wrote ${Object.keys(files).join(", ")} to ${options.out}.`;
}

const FILES = { hf: huggingFaceFiles, native: nativeFiles, int8: int8Files };

/** Under our names, so that this trainer can ask it. */
function int8Files({ parameters, config, vocabulary }: Model) {
  checkRange(parameters.values(), "fp16");
  return {
    "model.safetensors": encodeInt8(parameters),
    "config.json": json(config),
    "vocab.txt": Buffer.from(formatVocabulary(vocabulary)),
  };
}

function nativeFiles({ parameters, config, vocabulary }: Model, { dtype }: ExportCommand) {
  checkRange(parameters.values(), dtype);
  return {
    "model.safetensors": encodeSafetensors(parameters, dtype),
    "config.json": json(config),
    "vocab.txt": Buffer.from(formatVocabulary(vocabulary)),
  };
}

function huggingFaceFiles(model: Model, options: ExportCommand) {
  const { config, vocabulary } = model;
  const tensors = toHuggingFace(model.parameters, config, options["lm-head"]);
  checkRange(tensors.values(), options.dtype);
  const configs = huggingFaceConfigs(config, options.dtype);
  return {
    "model.safetensors": encodeSafetensors(tensors, options.dtype),
    "config.json": Buffer.from(formatHuggingFaceConfig(configs.config)),
    "tokenizer_config.json": json(configs.tokenizer),
    "vocab.txt": Buffer.from(formatVocabulary(vocabulary)),
  };
}

function checkRange(
  tensors: Iterable<{ data: Float32Array }>,
  dtype: ExportCommand["dtype"],
): void {
  if (dtype === "fp16" && [...tensors].some(({ data }) => exceedsFp16(data))) {
    throw new TrainerError(
      "usage",
      "A weight is beyond 65504, the largest number of half precision. Export with --dtype bf16 or fp32.",
    );
  }
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

/** Under its name a file is either whole or not there: a full disk leaves only the part. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const part = `${path}.part`;
  const file = await open(part, "w");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
}
