import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Format, PackageMessage } from "#server/releases/contract.ts";
import { readModel } from "../checkpoint/read-model.ts";
import { decodeSafetensors } from "../checkpoint/safetensors.ts";
import { fromHuggingFace } from "../checkpoint/to-hugging-face.ts";
import { TrainerError } from "../trainer-error.ts";
import { compareLogits } from "./compare-logits.ts";
import { exportCheckpoint } from "./export-checkpoint.ts";
import type { ExportCommand, PackageCommand } from "./parse-arguments.ts";

const HOW: Record<Format, Pick<ExportCommand, "format" | "dtype">> = {
  native: { format: "native", dtype: "fp32" },
  int8: { format: "int8", dtype: "fp32" },
  "hf-fp32": { format: "hf", dtype: "fp32" },
  "hf-fp16": { format: "hf", dtype: "fp16" },
  "hf-bf16": { format: "hf", dtype: "bf16" },
};

/** The most that a format's next-token distribution may stray from its source's, in nats, before it is not released. */
const MOST_DIVERGENCE: Record<Format, number> = {
  native: 0,
  "hf-fp32": 1e-6,
  "hf-fp16": 0.001,
  "hf-bf16": 0.05,
  int8: 0.1,
};

/** Writes a checkpoint in a format, reads it again, and compares its logits with the source's. Says so line by line. */
export async function packageCheckpoint(
  { checkpoint, out, format, threads }: PackageCommand,
  print: (line: string) => void,
): Promise<void> {
  const say = (message: PackageMessage): void => print(JSON.stringify(message));
  say({ stage: "write", progress: 0.05 });
  await exportCheckpoint({ checkpoint, out, ...HOW[format], "lm-head": "vocab" });
  say({ stage: "read", progress: 0.3 });
  const { config, parameters, executor } = await readModel(checkpoint);
  const read = decodeSafetensors(await readFile(join(out, "model.safetensors")));
  const written = format.startsWith("hf-") ? fromHuggingFace(read, config) : read;
  const figures = await compareLogits({
    config,
    executor,
    threads,
    source: parameters,
    written,
    onRow: (share) => say({ stage: "compare", progress: 0.4 + 0.55 * share }),
  });
  // Written so that a divergence that is no number is too large as well.
  if (!(figures.divergence <= MOST_DIVERGENCE[format])) {
    throw new TrainerError(
      "data",
      `As ${format} this model's predictions stray by ${figures.divergence.toPrecision(3)} nats from its own, more than ${MOST_DIVERGENCE[format]}. Release it without this format.`,
    );
  }
  say({ files: (await readdir(out)).sort(), figures });
}
