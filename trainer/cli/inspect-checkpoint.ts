import { readCheckpoint } from "../checkpoint/read-checkpoint.ts";
import { countParameters } from "../model/count-parameters.ts";
import { describeTensor } from "../model/describe-tensor.ts";

/** What a checkpoint holds, every file verified: where the run stands, and each tensor's shape and statistics. */
export async function inspectCheckpoint(directory: string): Promise<string> {
  const { state, tensors } = await readCheckpoint(directory);
  const { config, step, tokens, metrics } = state;
  const head = [
    `${config.name}, step ${step} of ${config.steps}, ${tokens} tokens, seed ${config.seed}`,
    `${countParameters(config.model)} parameters; all files are as they were written`,
    ...Object.entries(metrics).map(([name, value]) => `${name} ${value.toFixed(4)}`),
  ];
  const rows = [...tensors.parameters].map(([name, { shape, data }]) => {
    const { min, max, mean, std } = describeTensor(data);
    const numbers = [min, max, mean, std].map((value) => value.toPrecision(4).padStart(11));
    return `${name.padEnd(72)} ${`[${shape.join(", ")}]`.padEnd(14)} ${numbers.join(" ")}`;
  });
  const title = `${"tensor".padEnd(72)} ${"shape".padEnd(14)} ${["min", "max", "mean", "std"].map((word) => word.padStart(11)).join(" ")}`;
  return [...head, "", title, ...rows].join("\n");
}
